import { oneUnitTensors } from '../spec/tensors';
import { oneUnitTimeSteps, type OneUnitSpec } from '../spec/training';
import { byName } from './network';
import type { Network } from './network';
import { add, mul, sigmoid } from './tf';
import type { Tensor } from './tf';

/**
 * x_t = wσ(x_{t−1}) + b for t = 1 … 50 (Pascanu et al. 2013, eq. 8), read out as σ(x_50); x_0 and the
 * output are [batch, 1].
 */
export function oneUnit(spec: OneUnitSpec): Network {
  const { parameters } = oneUnitTensors(spec);
  const times = Array.from({ length: oneUnitTimeSteps }, (_, i) => i + 1);
  const at = (symbol: string) => times.map((t) => ({ name: `${symbol}${t}`, layer: t, width: 1 }));
  return {
    parameters,
    buffers: [],
    layerWeights: ['W'],
    watched: { preActivations: at('x'), gates: [], activations: at('h'), cells: [], weights: [] },
    forward(tensors, _buffers, x, _training, watch) {
      const get = byName(parameters, tensors);
      let h: Tensor = sigmoid(x);
      for (const t of times) {
        const state = watch.preActivation(add(mul(h, get('W')), get('b')), `x${t}`, t);
        h = watch.activation(sigmoid(state), `h${t}`, t);
      }
      return { output: h, buffers: [] };
    },
  };
}
