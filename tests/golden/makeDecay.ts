/**
 * Writes `decay.json`: `node tests/golden/makeDecay.ts`. Decoupled decay, alone and beside an L2 penalty and
 * clipping, by loops in double precision and central differences: see `making.ts`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  copy,
  crossEntropy,
  drawer,
  gradients,
  matrix,
  momentsOf,
  norm,
  normsOf,
  nudged,
  optimizers,
  product,
  rowsOf,
  slope,
  tensors,
  UPDATES,
  type Nudge,
  type Parameters,
  type Rows,
  type Vector,
} from './making.ts';

const [HIDDEN, INPUTS, OUTPUTS, BATCH] = [2, 2, 2, 3];
/** Hidden layers, or time steps. */
const LENGTH = 2;

interface Setting {
  name: string;
  arch: 'mlp' | 'rnn';
  seed: number;
  decoupled: number;
  penalized: string[];
  l2?: number;
  /** The threshold of clipping by global norm. */
  maxNorm?: number;
}

const settings: Setting[] = [
  { name: 'decay_mlp', arch: 'mlp', seed: 7, decoupled: 0.5, penalized: ['W1', 'W2', 'W3'] },
  { name: 'decay_rnn', arch: 'rnn', seed: 8, decoupled: 2, penalized: ['Wh'] },
  {
    ...{ name: 'decay_rnn_clipped', arch: 'rnn', seed: 9, decoupled: 1, penalized: ['Wh'] },
    ...{ l2: 0.25, maxNorm: 0.5 },
  },
];

interface Pass {
  loss: number;
  output: Rows;
  z: Rows[];
  h: Rows[];
}

/** Of the perceptron x is a single batch, of the recurrent network one for each time step. */
function pass(
  { arch }: Setting,
  parameters: Parameters,
  x: Rows[],
  labels: Vector,
  nudge: Nudge | null = null,
): Pass {
  const found: Pass = { loss: 0, output: [], z: [], h: [] };
  const keep = (of: 'z' | 'h', rows: Rows): Rows => {
    const layer = found[of].length + 1;
    const kept = nudged(rows, of, layer, nudge);
    found[of].push(kept);
    return kept;
  };
  const sum = (...parts: Rows[]): Rows =>
    parts[0]!.map((row, b) =>
      row.map((_, i) => parts.reduce((total, part) => total + (part[b] ?? part[0]!)[i]!, 0)),
    );
  const w = (name: string): Rows => parameters[name]!;
  let h: Rows = rowsOf(BATCH, HIDDEN, () => 0);
  for (let l = 1; l <= LENGTH; l++) {
    const z =
      arch === 'mlp'
        ? sum(product(l === 1 ? x[0]! : h, w(`W${l}`)), w(`b${l}`))
        : sum(product(x[l - 1]!, w('Wx')), product(h, w('Wh')), w('b'));
    h = keep(
      'h',
      keep('z', z).map((row) => row.map(Math.tanh)),
    );
  }
  const [weights, biases] = arch === 'mlp' ? [`W${LENGTH + 1}`, `b${LENGTH + 1}`] : ['Wy', 'by'];
  found.output = sum(product(h, w(weights!)), w(biases!));
  found.loss = crossEntropy(found.output, labels);
  return found;
}

/** The loss with the L2 penalty, ½λ‖W‖². */
function totalLoss(setting: Setting, parameters: Parameters, x: Rows[], labels: Vector): number {
  const { l2 = 0, penalized } = setting;
  const squares = penalized.map((name) => norm(parameters[name]!.flat()) ** 2);
  return (
    pass(setting, parameters, x, labels).loss +
    (l2 / 2) * squares.reduce((total, s) => total + s, 0)
  );
}

const globalNorm = (gradient: Parameters): number => norm(Object.values(normsOf(gradient)));

function clipped({ maxNorm = Infinity }: Setting, gradient: Parameters): Parameters {
  const factor = Math.min(1, maxNorm / globalNorm(gradient));
  return Object.fromEntries(
    Object.entries(gradient).map(([name, rows]) => [
      name,
      rows.map((row) => row.map((value) => factor * value)),
    ]),
  );
}

function updatesOf(setting: Setting, start: Parameters, x: Rows[], labels: Vector) {
  const { decoupled, penalized } = setting;
  return optimizers.map(({ told, update }) => {
    const parameters = copy(start);
    const states: Record<string, { m: number; v: number }> = {};
    const losses: Vector = [];
    let after1: Parameters = {};
    for (let step = 1; step <= UPDATES; step++) {
      losses.push(totalLoss(setting, parameters, x, labels));
      const gradient = clipped(
        setting,
        gradients(parameters, (moved) => totalLoss(setting, moved, x, labels)),
      );
      for (const [name, rows] of Object.entries(parameters)) {
        const kept = penalized.includes(name) ? 1 - Number(told['lr']) * decoupled : 1;
        rows.forEach((row, r) =>
          row.forEach((value, c) => {
            const state = (states[`${name} ${r} ${c}`] ??= { m: 0, v: 0 });
            row[c] = update(kept * value, gradient[name]![r]![c]!, state, step);
          }),
        );
      }
      if (step === 1) after1 = copy(parameters);
    }
    return {
      optimizer: told,
      losses,
      params_after_1: tensors(after1),
      params_after_5: tensors(parameters),
    };
  });
}

function startOf({ arch }: Setting, draw: (size: number) => number): Parameters {
  const weights = (fanOut: number, fanIn: number, size = 0.6): Rows =>
    rowsOf(fanOut, fanIn, () => draw(size));
  const bias = (units: number): Rows => rowsOf(1, units, () => draw(0.1));
  if (arch === 'rnn')
    return {
      ...{ Wx: weights(HIDDEN, INPUTS), Wh: weights(HIDDEN, HIDDEN, 0.9), b: bias(HIDDEN) },
      ...{ Wy: weights(OUTPUTS, HIDDEN), by: bias(OUTPUTS) },
    };
  const parameters: Parameters = {};
  for (let l = 1; l <= LENGTH + 1; l++) {
    const fanOut = l > LENGTH ? OUTPUTS : HIDDEN;
    parameters[`W${l}`] = weights(fanOut, l === 1 ? INPUTS : HIDDEN);
    parameters[`b${l}`] = bias(fanOut);
  }
  return parameters;
}

function caseOf(setting: Setting) {
  const { name, arch, seed, decoupled, penalized, l2, maxNorm } = setting;
  const draw = drawer(seed);
  const x = Array.from({ length: arch === 'rnn' ? LENGTH : 1 }, () =>
    rowsOf(BATCH, INPUTS, () => draw(1)),
  );
  const labels = Array.from({ length: BATCH }, (_, b) => b % OUTPUTS);
  const parameters = startOf(setting, draw);
  const { loss, output, z, h } = pass(setting, parameters, x, labels);
  const gradientAt = (of: 'z' | 'h', layer: number, rows: Rows): number =>
    norm(
      rows.flatMap((values, row) =>
        values.map((_, column) =>
          slope((by) => pass(setting, parameters, x, labels, { of, layer, row, column, by }).loss),
        ),
      ),
    );
  const gradient = gradients(parameters, (moved) => totalLoss(setting, moved, x, labels));
  const after = clipped(setting, gradient);
  return {
    name,
    config: {
      arch,
      act: 'tanh',
      ...(arch === 'mlp'
        ? { depth: LENGTH, width: HIDDEN }
        : { cell: 'rnn', hidden: HIDDEN, readout: 'last' }),
      loss: 'softmax_ce',
      decoupled,
      ...(l2 !== undefined && { l2 }),
      pen_params: penalized,
      ...(maxNorm !== undefined && {
        clip: { kind: 'global_norm', max_norm: maxNorm, eps: 0 },
      }),
    },
    seed,
    shapes: { I: INPUTS, O: OUTPUTS, B: BATCH, ...(arch === 'rnn' && { T: LENGTH }) },
    x: arch === 'rnn' ? { shape: [LENGTH, BATCH, INPUTS], data: x.flat(2) } : matrix(x[0]!),
    y: { shape: [BATCH], data: labels },
    params: tensors(parameters),
    expected: {
      loss,
      total_loss: totalLoss(setting, parameters, x, labels),
      output: matrix(output),
      activations: h.map(momentsOf),
      preactivations: z.map(momentsOf),
      grad_h_norm: h.map((rows, i) => gradientAt('h', i + 1, rows)),
      grad_z_norm: z.map((rows, i) => gradientAt('z', i + 1, rows)),
      grad_norm: normsOf(gradient),
      grad_global_norm: globalNorm(gradient),
      grad: tensors(gradient),
      ...(maxNorm !== undefined && {
        clipped_grad: tensors(after),
        clipped_norm: normsOf(after),
        clipped_global_norm: globalNorm(after),
        cosine_raw_clipped: 1,
      }),
      steps: updatesOf(setting, parameters, x, labels),
    },
  };
}

writeFileSync(
  fileURLToPath(new URL('decay.json', import.meta.url)),
  `${JSON.stringify({ format: 'vanish-golden-1', set: 'decay', cases: settings.map(caseOf) })}\n`,
);
