import { oneUnitTensors } from '../spec/tensors';
import type { ResolvedOneUnit } from '../spec/resolved';
import { oneUnitTimeSteps } from '../spec/training';
import { byName } from './network';
import type { Network } from './network';
import { add, mul, sigmoid } from './tf';
import type { Tensor } from './tf';

/**
 * x_t = wσ(x_{t−1}) + b for t = 1 … 50 (Pascanu et al. 2013, eq. 8), read out as σ(x_50); x_0 is
 * [batch, 1] and the output [batch, starts]. Each start has a w and a b of its own, so what is computed
 * of one never meets another.
 */
export function oneUnit(spec: ResolvedOneUnit, starts: number): Network {
  const { parameters } = oneUnitTensors(spec, starts);
  const times = Array.from({ length: oneUnitTimeSteps }, (_, i) => i + 1);
  const at = (symbol: string) =>
    times.map((t) => ({ name: `${symbol}${t}`, layer: t, width: starts }));
  return {
    parameters,
    buffers: [],
    noise: [],
    layerWeights: ['W'],
    watched: {
      preActivations: at('x'),
      gates: [],
      resets: [],
      activations: at('h'),
      cells: [],
      weights: [],
    },
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
