import type { ResolvedRecurrent } from '../spec/resolved';
import type { RecurrentSpec } from '../spec/training';
import { recurrentTensors } from '../spec/tensors';
import { activationOp } from './activation';
import { byName } from './network';
import type { Network, Watched, WatchedWeight } from './network';
import {
  add,
  clone,
  concat,
  customGrad,
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

/** The gates of each cell, or its one map, in the order in which a time step computes them. */
const computed: Record<RecurrentSpec['cell'], string[]> = {
  rnn: [''],
  lstm: ['f', 'i', 'g', 'o'],
  gruResetBefore: ['r', 'z', 'n'],
  gruResetAfter: ['r', 'z', 'n'],
};

interface CellState {
  h: Tensor;
  c: Tensor | null;
}

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
 * ([length, batch, outputSize]). With a `truncation` of k no gradient passes from one piece of k time steps to
 * the one before; the pieces are counted from the end, and states go on through all of them.
 */
export function recurrent(
  spec: ResolvedRecurrent,
  inputSize: number,
  outputSize: number,
  length: number,
): Network {
  const { cell, hiddenSize, readout, truncation } = spec;
  const { parameters } = recurrentTensors(spec, inputSize, outputSize);
  const times = Array.from({ length }, (_, i) => i + 1);
  const at = (symbol: string) =>
    times.map((t) => ({ name: `${symbol}${t}`, layer: t, width: hiddenSize }));
  const gatesAt = times.flatMap((t) =>
    computed[cell].map((gate): Watched => ({
      name: `z${gate}${t}`,
      layer: t,
      width: hiddenSize,
      gate,
    })),
  );
  const weightsAt = times.flatMap((t) =>
    computed[cell].flatMap((gate): WatchedWeight[] => [
      { name: `Wx${gate}`, layer: t, shape: [hiddenSize, inputSize] },
      { name: `Wh${gate}`, layer: t, shape: [hiddenSize, hiddenSize] },
    ]),
  );
  const isCut = (t: number): boolean =>
    truncation !== null && t < length && (length - t) % truncation === 0;

  return {
    parameters,
    buffers: [],
    noise: [],
    layerWeights: parameters.filter((info) => info.role === 'weight').map((info) => info.name),
    watched: {
      preActivations: cell === 'rnn' ? at('z') : [],
      gates: cell === 'rnn' ? [] : gatesAt,
      resets: computed[cell].includes('r') ? at('q').map((one) => ({ ...one, gate: 'q' })) : [],
      activations: at('h'),
      cells: cell === 'lstm' ? at('c') : [],
      weights: weightsAt,
    },
    forward(tensors, _buffers, x, _training, watch) {
      const get = byName(parameters, tensors);
      const batch = x.shape[1]!;
      const zeros = tensor(new Float32Array(batch * hiddenSize), [batch, hiddenSize]);
      let state: CellState = { h: zeros, c: cell === 'lstm' ? zeros : null };
      const hidden: Tensor[] = [];
      unstack(x, 0).forEach((input, i) => {
        const t = i + 1;
        const weighted = (left: Tensor, name: string): Tensor =>
          matMul(left, watch.weight(get(name), name, t), false, true);
        const from = (gate: string): Tensor => add(weighted(input, `Wx${gate}`), get(`b${gate}`));
        const preActivation = (name: string): Tensor =>
          add(from(name), weighted(state.h, `Wh${name}`));
        const shown = (z: Tensor, name: string): Tensor => watch.gate(z, `z${name}${t}`, t);
        const gate = (name: string): Tensor => shown(preActivation(name), name);
        if (cell === 'rnn') {
          const z = watch.preActivation(preActivation(''), `z${t}`, t);
          state = { h: activationOp(spec.activation)(z), c: null };
        } else if (cell === 'lstm') {
          const kept = mul(sigmoid(gate('f')), state.c!);
          const written = mul(sigmoid(gate('i')), tanh(gate('g')));
          const c = watch.cell(add(kept, written), `c${t}`, t);
          state = { h: mul(sigmoid(gate('o')), tanh(c)), c };
        } else {
          const r = sigmoid(gate('r'));
          const z = sigmoid(gate('z'));
          const seen = from('n');
          const reset = (tensor: Tensor): Tensor => watch.reset(tensor, `q${t}`, t);
          const recalled =
            cell === 'gruResetBefore'
              ? weighted(reset(mul(r, state.h)), 'Whn')
              : mul(r, reset(add(weighted(state.h, 'Whn'), get('bhn'))));
          const n = tanh(shown(add(seen, recalled), 'n'));
          state = { h: add(mul(sub(scalar(1), z), n), mul(z, state.h)), c: null };
        }
        state = { ...state, h: watch.activation(state.h, `h${t}`, t) };
        hidden.push(state.h);
        if (isCut(t)) state = { h: cut(state.h), c: state.c && cut(state.c) };
      });
      const read = (h: Tensor): Tensor => add(matMul(h, get('Wy'), false, true), get('by'));
      if (readout === 'last') return { output: read(state.h), buffers: [] };
      const all = read(concat(hidden, 0));
      return { output: reshape(all, [length, batch, outputSize]), buffers: [] };
    },
  };
}

/** The same numbers, through which no gradient passes. */
const cut = (state: Tensor): Tensor =>
  customGrad((input) => ({
    value: clone(input as Tensor),
    gradFunc: () => tensor(new Float32Array(state.size), state.shape),
  }))(state);
