import { activations } from './activations';
import type { RecurrentSpec } from '../types';
import { byName } from './network';
import type { Network, TensorInfo } from './network';
import {
  add,
  concat,
  matMul,
  mul,
  reshape,
  scalar,
  sigmoid,
  sub,
  tanh,
  tensor,
  unstack,
} from './tf';
import type { Tensor } from './tf';

interface CellState {
  h: Tensor;
  c: Tensor | null;
}

/** Names of the gates of each cell, in the order their tensors are drawn. */
const gatesOf: Record<RecurrentSpec['cell'], string[]> = {
  rnn: [''],
  lstm: ['i', 'f', 'g', 'o'],
  gruResetBefore: ['r', 'z', 'n'],
  gruResetAfter: ['r', 'z', 'n'],
};

/**
 * A recurrent network on sequences [length, batch, inputSize], h_0 = c_0 = 0:
 *
 * - `rnn`: h = φ(Wx x + Wh h + b)
 * - `lstm` (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000):
 *   i, f, o = σ(…), g = tanh(…), c ← f·c + i·g, h = o·tanh(c)
 * - `gruResetBefore` (Cho et al. 2014): n = tanh(Wxn x + bn + Whn (r·h)), h ← (1 − z)·n + z·h
 * - `gruResetAfter` (as cuDNN has it): n = tanh(Wxn x + bn + r·(Whn h + bhn))
 *
 * read out linearly at the last time step ([batch, outputSize]) or at every one
 * ([length, batch, outputSize]).
 */
export function recurrent(
  spec: Required<RecurrentSpec>,
  inputSize: number,
  outputSize: number,
  length: number,
): Network {
  const { cell, hiddenSize, readout } = spec;
  const gates = gatesOf[cell];
  const parameters: TensorInfo[] = gates.flatMap((gate): TensorInfo[] => [
    {
      name: `Wx${gate}`,
      shape: [hiddenSize, inputSize],
      layer: 1,
      role: 'weight',
      initializer: spec.initializer,
    },
    {
      name: `Wh${gate}`,
      shape: [hiddenSize, hiddenSize],
      layer: 1,
      role: 'weight',
      initializer: spec.recurrentInitializer,
    },
    {
      name: `b${gate}`,
      shape: [hiddenSize],
      layer: 1,
      role: 'bias',
      initializer: { kind: 'constant', value: initialBias(spec, gate) },
    },
    ...(cell === 'gruResetAfter' && gate === 'n'
      ? [
          {
            name: 'bhn',
            shape: [hiddenSize],
            layer: 1,
            role: 'bias' as const,
            initializer: { kind: 'zeros' as const },
          },
        ]
      : []),
  ]);
  parameters.push(
    {
      name: 'Wy',
      shape: [outputSize, hiddenSize],
      layer: 2,
      role: 'weight',
      initializer: { kind: 'leCunNormal' },
    },
    { name: 'by', shape: [outputSize], layer: 2, role: 'bias', initializer: { kind: 'zeros' } },
  );
  const times = Array.from({ length }, (_, i) => i + 1);
  const at = (symbol: string) =>
    times.map((t) => ({ name: `${symbol}${t}`, layer: t, width: hiddenSize }));

  return {
    parameters,
    buffers: [],
    layerWeights: parameters.filter((info) => info.role === 'weight').map((info) => info.name),
    watched: {
      preActivations: cell === 'rnn' ? at('z') : [],
      activations: at('h'),
      cells: cell === 'lstm' ? at('c') : [],
    },
    forward(tensors, _buffers, x, _training, watch) {
      const get = byName(parameters, tensors);
      const batch = x.shape[1]!;
      const zeros = tensor(new Float32Array(batch * hiddenSize), [batch, hiddenSize]);
      let state: CellState = { h: zeros, c: cell === 'lstm' ? zeros : null };
      const hidden: Tensor[] = [];
      unstack(x, 0).forEach((input, i) => {
        const t = i + 1;
        const from = (gate: string): Tensor =>
          add(matMul(input, get(`Wx${gate}`), false, true), get(`b${gate}`));
        const gate = (name: string): Tensor =>
          add(from(name), matMul(state.h, get(`Wh${name}`), false, true));
        if (cell === 'rnn') {
          const z = watch.preActivation(gate(''), `z${t}`, t);
          state = { h: activations[spec.activation](z), c: null };
        } else if (cell === 'lstm') {
          const kept = mul(sigmoid(gate('f')), state.c!);
          const written = mul(sigmoid(gate('i')), tanh(gate('g')));
          const c = watch.cell(add(kept, written), `c${t}`, t);
          state = { h: mul(sigmoid(gate('o')), tanh(c)), c };
        } else {
          const r = sigmoid(gate('r'));
          const z = sigmoid(gate('z'));
          const recurrentPart =
            cell === 'gruResetBefore'
              ? matMul(mul(r, state.h), get('Whn'), false, true)
              : mul(r, add(matMul(state.h, get('Whn'), false, true), get('bhn')));
          const n = tanh(add(from('n'), recurrentPart));
          state = { h: add(mul(sub(scalar(1), z), n), mul(z, state.h)), c: null };
        }
        state = { ...state, h: watch.activation(state.h, `h${t}`, t) };
        hidden.push(state.h);
      });
      const read = (h: Tensor): Tensor => add(matMul(h, get('Wy'), false, true), get('by'));
      if (readout === 'last') return { output: read(state.h), buffers: [] };
      const all = read(concat(hidden, 0));
      return { output: reshape(all, [length, batch, outputSize]), buffers: [] };
    },
  };
}

function initialBias(spec: Required<RecurrentSpec>, gate: string): number {
  const biases: Record<string, number> =
    spec.cell === 'lstm'
      ? { f: spec.forgetBias, i: spec.inputBias, o: spec.outputBias }
      : { z: spec.updateBias, r: spec.resetBias };
  return biases[gate] ?? 0;
}
