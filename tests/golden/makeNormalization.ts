/**
 * Writes `normalization.json`: `node tests/golden/makeNormalization.ts`. Forward passes are written out in
 * loops, in double precision, and gradients are central differences of sixth order, so that nothing here
 * shares a derivative, or a line, with the engine or its oracle. They need smooth functions: no ReLU here.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  copy,
  crossEntropy,
  drawer,
  gradients,
  matrix,
  mean,
  momentsOf,
  norm,
  normsOf,
  nudged,
  optimizers,
  product,
  rms,
  rowsOf,
  slope,
  tensors,
  UPDATES,
  type Nudge,
  type Parameters,
  type Rows,
  type Vector,
} from './making.ts';

interface Setting {
  name: string;
  arch:
    'mlp' | 'mlp_bn' | 'mlp_ln' | 'mlp_rms' | 'res_preact_bn' | 'res_preact_ln' | 'res_preact_rms';
  act: 'tanh' | 'sigmoid';
  depth: number;
  seed: number;
  /** Whether each pre-activation is scaled and shifted by noise. */
  noise?: true;
}

const settings: Setting[] = [
  { name: 'ln_tanh', arch: 'mlp_ln', act: 'tanh', depth: 3, seed: 12 },
  { name: 'ln_sigmoid', arch: 'mlp_ln', act: 'sigmoid', depth: 3, seed: 2 },
  { name: 'rms_sigmoid', arch: 'mlp_rms', act: 'sigmoid', depth: 3, seed: 3 },
  { name: 'rms_tanh', arch: 'mlp_rms', act: 'tanh', depth: 3, seed: 4 },
  {
    name: 'res_preact_bn_tanh',
    arch: 'res_preact_bn',
    act: 'tanh',
    depth: 3,
    seed: 5,
  },
  {
    name: 'res_preact_ln_tanh',
    arch: 'res_preact_ln',
    act: 'tanh',
    depth: 3,
    seed: 6,
  },
  {
    name: 'res_preact_rms_sigmoid',
    arch: 'res_preact_rms',
    act: 'sigmoid',
    depth: 3,
    seed: 11,
  },
  { name: 'noise_bn_tanh', arch: 'mlp_bn', act: 'tanh', depth: 3, seed: 21, noise: true },
  { name: 'noise_ln_sigmoid', arch: 'mlp_ln', act: 'sigmoid', depth: 3, seed: 22, noise: true },
  { name: 'noise_tanh', arch: 'mlp', act: 'tanh', depth: 3, seed: 23, noise: true },
  {
    name: 'noise_res_preact_bn_tanh',
    arch: 'res_preact_bn',
    act: 'tanh',
    depth: 3,
    seed: 25,
    noise: true,
  },
];

const [WIDTH, INPUTS, OUTPUTS, BATCH] = [4, 3, 2, 5];
const EPSILON = 1e-5;
const MOMENTUM = 0.1;
/** The upper end of what a unit's scale is drawn from. */
const NOISE_SCALE = 1.5;

const phi: Record<Setting['act'], (z: number) => number> = {
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
};

interface Pass {
  loss: number;
  output: Rows;
  z: Rows[];
  h: Rows[];
  /** Mean and biased variance by layer, of batch norm. */
  moments: { mean: Vector; variance: Vector }[];
}

type Running = { mean: Vector; variance: Vector }[];

/** Scale and shift of each pre-activation, layer by layer. */
type Noise = { scale: Rows; shift: Rows }[];

function pass(
  { arch, act, depth, noise: isNoisy }: Setting,
  parameters: Parameters,
  x: Rows,
  labels: Vector,
  noise: Noise | null,
  nudge: Nudge | null = null,
  running: Running | null = null,
): Pass {
  const found: Pass = { loss: 0, output: [], z: [], h: [], moments: [] };
  const keep = (of: 'z' | 'h', layer: number, rows: Rows): Rows => {
    const kept = nudged(rows, of, layer, nudge);
    found[of].push(kept);
    return kept;
  };
  const through = (input: Rows, layer: number): Rows => product(input, parameters[`W${layer}`]!);
  const activate = (rows: Rows): Rows => rows.map((row) => row.map(phi[act]));
  const normalize = (rows: Rows, layer: number): Rows => {
    if (arch === 'mlp') {
      const biases = parameters[`b${layer}`]![0]!;
      return rows.map((row) => row.map((value, i) => value + biases[i]!));
    }
    const gamma = parameters[`gamma${layer}`]![0]!;
    const beta = parameters[`beta${layer}`]![0]!;
    const shifted = (value: number, center: number, variance: number, i: number): number =>
      (gamma[i]! * (value - center)) / Math.sqrt(variance + EPSILON) + beta[i]!;
    if (arch.endsWith('_bn')) {
      const columns = gamma.map((_, i) => rows.map((row) => row[i]!));
      const here = running?.[layer - 1] ?? {
        mean: columns.map(mean),
        variance: columns.map((column) => rms(column.map((value) => value - mean(column))) ** 2),
      };
      found.moments[layer - 1] = here;
      return rows.map((row) =>
        row.map((value, i) => shifted(value, here.mean[i]!, here.variance[i]!, i)),
      );
    }
    return rows.map((row) => {
      const center = arch.endsWith('_ln') ? mean(row) : 0;
      const variance = rms(row.map((value) => value - center)) ** 2;
      return row.map((value, i) => shifted(value, center, variance, i));
    });
  };

  const enter = (rows: Rows, layer: number): Rows => {
    const normalized = normalize(rows, layer);
    if (!isNoisy) return normalized;
    const mean = (1 + NOISE_SCALE) / 2;
    const own = noise?.[layer - 1];
    return normalized.map((row, b) =>
      row.map((value, i) => (own ? own.scale[b]![i]! * value + own.shift[b]![i]! : mean * value)),
    );
  };

  let last: Rows;
  if (arch.startsWith('res')) {
    let stem = keep('h', 1, keep('z', 1, through(x, 1)));
    for (let l = 2; l < depth; l += 2) {
      const inner = through(activate(enter(stem, l - 1)), l);
      const a = keep('h', l, activate(keep('z', l, enter(inner, l))));
      const branch = through(a, l + 1);
      const sum = stem.map((row, b) => row.map((value, i) => value + branch[b]![i]!));
      stem = keep('h', l + 1, keep('z', l + 1, sum));
    }
    last = activate(enter(stem, depth));
  } else {
    last = x;
    for (let l = 1; l <= depth; l++)
      last = keep('h', l, activate(keep('z', l, enter(through(last, l), l))));
  }
  const biases = parameters[`b${depth + 1}`]![0]!;
  const output = through(last, depth + 1).map((row) => row.map((value, i) => value + biases[i]!));
  found.output = keep('z', depth + 1, output);
  found.loss = crossEntropy(found.output, labels);
  return found;
}

function updatesOf(
  setting: Setting,
  start: Parameters,
  x: Rows,
  labels: Vector,
  noise: Noise[] | null,
) {
  return optimizers.map(({ told, update }) => {
    const parameters = copy(start);
    const states: Record<string, { m: number; v: number }> = {};
    const losses: Vector = [];
    let after1: Parameters = {};
    let running: Running | null = null;
    for (let step = 1; step <= UPDATES; step++) {
      const drawn = noise?.[step - 1] ?? null;
      const { loss, moments } = pass(setting, parameters, x, labels, drawn);
      losses.push(loss);
      if (moments.length > 0) {
        const old: Running =
          running ??
          moments.map(() => ({
            mean: Array<number>(WIDTH).fill(0),
            variance: Array<number>(WIDTH).fill(1),
          }));
        running = moments.map(({ mean: m, variance }, l) => ({
          mean: m.map((value, i) => (1 - MOMENTUM) * old[l]!.mean[i]! + MOMENTUM * value),
          variance: variance.map(
            (value, i) =>
              (1 - MOMENTUM) * old[l]!.variance[i]! + (MOMENTUM * value * BATCH) / (BATCH - 1),
          ),
        }));
      }
      const gradient = gradients(
        parameters,
        (moved) => pass(setting, moved, x, labels, drawn).loss,
      );
      for (const [name, rows] of Object.entries(parameters))
        rows.forEach((row, r) =>
          row.forEach((value, c) => {
            const state = (states[`${name} ${r} ${c}`] ??= { m: 0, v: 0 });
            row[c] = update(value, gradient[name]![r]![c]!, state, step);
          }),
        );
      if (step === 1) after1 = copy(parameters);
    }
    const byLayer = (which: 'mean' | 'variance') =>
      Object.fromEntries(
        running!.map((one, l) => [String(l + 1), { shape: [WIDTH], data: one[which] }]),
      );
    return {
      optimizer: told,
      losses,
      params_after_1: tensors(after1),
      params_after_5: tensors(parameters),
      ...(running && {
        running_mean_after_5: byLayer('mean'),
        running_var_after_5: byLayer('variance'),
        eval_mode_output_after_5: matrix(
          pass(setting, parameters, x, labels, null, null, running).output,
        ),
      }),
    };
  });
}

function caseOf(setting: Setting) {
  const { name, arch, act, depth, seed, noise: isNoisy = false } = setting;
  const draw = drawer(seed);
  const x = rowsOf(BATCH, INPUTS, () => draw(1));
  const labels = Array.from({ length: BATCH }, (_, b) => (b * 2 + (b > 4 ? 1 : 0)) % OUTPUTS);
  const parameters: Parameters = {};
  for (let l = 1; l <= depth; l++) {
    parameters[`W${l}`] = rowsOf(WIDTH, l === 1 ? INPUTS : WIDTH, () => draw(0.5));
    if (arch === 'mlp') {
      parameters[`b${l}`] = rowsOf(1, WIDTH, () => draw(0.1));
      continue;
    }
    parameters[`gamma${l}`] = rowsOf(1, WIDTH, () => 1 + draw(0.1));
    parameters[`beta${l}`] = rowsOf(1, WIDTH, () => draw(0.1));
  }
  parameters[`W${depth + 1}`] = rowsOf(OUTPUTS, WIDTH, () => draw(0.5));
  parameters[`b${depth + 1}`] = rowsOf(1, OUTPUTS, () => draw(0.1));

  const noise = isNoisy
    ? Array.from({ length: UPDATES }, () =>
        Array.from({ length: depth }, () => ({
          scale: rowsOf(BATCH, WIDTH, () => 1.25 + draw(0.2)),
          shift: rowsOf(BATCH, WIDTH, () => draw(0.3)),
        })),
      )
    : null;
  const first = noise?.[0] ?? null;

  const { loss, output, z, h } = pass(setting, parameters, x, labels, first);
  const gradientAt = (of: 'z' | 'h', layer: number, rows: Rows): number =>
    norm(
      rows.flatMap((values, row) =>
        values.map((_, column) =>
          slope(
            (by) =>
              pass(setting, parameters, x, labels, first, { of, layer, row, column, by }).loss,
          ),
        ),
      ),
    );
  const gradient = gradients(parameters, (moved) => pass(setting, moved, x, labels, first).loss);
  const gradientNorms = normsOf(gradient);
  return {
    name,
    config: {
      ...{ arch, act, depth, width: WIDTH, loss: 'softmax_ce' },
      ...(arch.endsWith('_bn')
        ? { bn_eps: EPSILON, bn_momentum: MOMENTUM }
        : arch === 'mlp'
          ? {}
          : { norm_eps: EPSILON }),
      ...(isNoisy && { noise_scale: NOISE_SCALE }),
    },
    seed,
    shapes: { I: INPUTS, O: OUTPUTS, B: BATCH },
    x: matrix(x),
    y: { shape: [BATCH], data: labels },
    params: tensors(parameters),
    ...(noise && {
      noise: noise.map((layers) =>
        layers.flatMap(({ scale, shift }) => [matrix(scale), matrix(shift)]),
      ),
    }),
    expected: {
      loss,
      total_loss: loss,
      output: matrix(output),
      activations: h.map(momentsOf),
      preactivations: z.map(momentsOf),
      grad_h_norm: h.map((rows, i) => gradientAt('h', i + 1, rows)),
      grad_z_norm: z.map((rows, i) => gradientAt('z', i + 1, rows)),
      grad_norm: gradientNorms,
      grad_global_norm: norm(Object.values(gradientNorms)),
      grad: tensors(gradient),
      steps: updatesOf(setting, parameters, x, labels, noise),
    },
  };
}

writeFileSync(
  fileURLToPath(new URL('normalization.json', import.meta.url)),
  `${JSON.stringify({ format: 'vanish-golden-1', set: 'normalization', cases: settings.map(caseOf) })}\n`,
);
