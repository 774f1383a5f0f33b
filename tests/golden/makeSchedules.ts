/**
 * Writes `schedules.json`: `node tests/golden/makeSchedules.ts`. Five updates of every optimizer under each
 * schedule of the learning rate, whose rates stand here as a list of five numbers, worked out by hand.
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
  rowsOf,
  slope,
  tensors,
  type Parameters,
  type Rows,
  type Vector,
} from './making.ts';

interface Scheduled {
  name: string;
  schedule: { warm_up?: number; decay?: Record<string, number | string> };
  /** What the learning rate is multiplied by at each of the five updates. */
  factors: Vector;
}

const COS_45 = Math.SQRT1_2;

const schedules: Scheduled[] = [
  {
    name: 'schedule_warm_up',
    schedule: { warm_up: 4 },
    factors: [0.25, 0.5, 0.75, 1, 1],
  },
  {
    // A quarter of the half period a step; the fifth update comes at its end.
    name: 'schedule_cosine',
    schedule: { decay: { kind: 'cosine', steps: 4, to: 0.2 } },
    factors: [1, 0.2 + 0.4 * (1 + COS_45), 0.6, 0.2 + 0.4 * (1 - COS_45), 0.2],
  },
  {
    name: 'schedule_step',
    schedule: { decay: { kind: 'step', every: 2, factor: 0.5 } },
    factors: [1, 1, 0.5, 0.5, 0.25],
  },
  {
    // Three updates are left for the cosine: a third of the half period each.
    name: 'schedule_warm_up_cosine',
    schedule: { warm_up: 2, decay: { kind: 'cosine', steps: 3, to: 0 } },
    factors: [0.5, 1, 1, 0.75, 0.25],
  },
  {
    name: 'schedule_warm_up_step',
    schedule: { warm_up: 2, decay: { kind: 'step', every: 1, factor: 0.1 } },
    factors: [0.5, 1, 1, 0.1, 0.01],
  },
];

const [DEPTH, WIDTH, INPUTS, OUTPUTS, BATCH] = [1, 3, 2, 2, 4];

interface Pass {
  loss: number;
  output: Rows;
  z: Rows[];
  h: Rows[];
}

/** A tanh network; `nudge` may change z_l or h_l on its way. */
function pass(
  parameters: Parameters,
  x: Rows,
  labels: Vector,
  nudge: (of: 'z' | 'h', layer: number, rows: Rows) => Rows = (_of, _layer, rows) => rows,
): Pass {
  const found: Pass = { loss: 0, output: [], z: [], h: [] };
  let last = x;
  for (let l = 1; l <= DEPTH + 1; l++) {
    const biases = parameters[`b${l}`]![0]!;
    const product = last.map((row) =>
      parameters[`W${l}`]!.map((weights, i) =>
        weights.reduce((sum, weight, k) => sum + weight * row[k]!, biases[i]!),
      ),
    );
    const z = nudge('z', l, product);
    found.z.push(z);
    if (l > DEPTH) found.output = z;
    else {
      last = nudge(
        'h',
        l,
        z.map((row) => row.map(Math.tanh)),
      );
      found.h.push(last);
    }
  }
  found.loss = crossEntropy(found.output, labels);
  return found;
}

/** Moves a weight by its gradient at the rate of update t = 1, 2, …; changes its moments. */
type Update = (
  weight: number,
  gradient: number,
  moments: { m: number; v: number },
  rate: number,
  t: number,
) => number;

const momentum =
  (look: (velocity: number, gradient: number) => number): Update =>
  (w, g, moments, rate) => {
    moments.m = 0.9 * moments.m + g;
    return w - rate * look(moments.m, g);
  };
const adam =
  (decay: number): Update =>
  (w, g, moments, rate, t) => {
    moments.m = 0.9 * moments.m + 0.1 * g;
    moments.v = 0.999 * moments.v + 0.001 * g * g;
    const [m, v] = [moments.m / (1 - 0.9 ** t), moments.v / (1 - 0.999 ** t)];
    return w * (1 - rate * decay) - (rate * m) / (Math.sqrt(v) + 1e-8);
  };
const optimizers: {
  told: { kind: string; lr: number } & Record<string, number | string>;
  update: Update;
}[] = [
  { told: { kind: 'sgd', lr: 0.1 }, update: (w, g, _moments, rate) => w - rate * g },
  { told: { kind: 'momentum', lr: 0.05, momentum: 0.9 }, update: momentum((velocity) => velocity) },
  {
    told: { kind: 'nesterov', lr: 0.05, momentum: 0.9 },
    update: momentum((velocity, gradient) => gradient + 0.9 * velocity),
  },
  {
    told: { kind: 'rmsprop', lr: 0.01, alpha: 0.9, eps: 1e-8 },
    update: (w, g, moments, rate) => {
      moments.v = 0.9 * moments.v + 0.1 * g * g;
      return w - (rate * g) / (Math.sqrt(moments.v) + 1e-8);
    },
  },
  { told: { kind: 'adam', lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8 }, update: adam(0) },
  {
    told: { kind: 'adamw', lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.5 },
    update: adam(0.5),
  },
];

function updatesOf({ schedule, factors }: Scheduled, start: Parameters, x: Rows, labels: Vector) {
  return optimizers.map(({ told, update }) => {
    const parameters = copy(start);
    const kept: Record<string, { m: number; v: number }> = {};
    const losses: Vector = [];
    let after1: Parameters = {};
    factors.forEach((factor, k) => {
      losses.push(pass(parameters, x, labels).loss);
      const gradient = gradients(parameters, (moved) => pass(moved, x, labels).loss);
      for (const [name, rows] of Object.entries(parameters))
        rows.forEach((row, r) =>
          row.forEach((weight, c) => {
            const moments = (kept[`${name} ${r} ${c}`] ??= { m: 0, v: 0 });
            row[c] = update(weight, gradient[name]![r]![c]!, moments, told.lr * factor, k + 1);
          }),
        );
      if (k === 0) after1 = copy(parameters);
    });
    return {
      optimizer: told,
      schedule,
      losses,
      params_after_1: tensors(after1),
      params_after_5: tensors(parameters),
    };
  });
}

function caseOf(scheduled: Scheduled, index: number) {
  const seed = index + 21;
  const draw = drawer(seed);
  const x = rowsOf(BATCH, INPUTS, () => draw(1));
  const labels = Array.from({ length: BATCH }, (_, b) => (b * b) % OUTPUTS);
  const parameters: Parameters = {};
  for (let l = 1; l <= DEPTH + 1; l++) {
    const rows = l > DEPTH ? OUTPUTS : WIDTH;
    parameters[`W${l}`] = rowsOf(rows, l === 1 ? INPUTS : WIDTH, () => draw(0.5));
    parameters[`b${l}`] = rowsOf(1, rows, () => draw(0.1));
  }
  const { loss, output, z, h } = pass(parameters, x, labels);
  const gradientAt = (kind: 'z' | 'h', layer: number, rows: Rows): number =>
    norm(
      rows.flatMap((values, row) =>
        values.map((_, column) =>
          slope(
            (by) =>
              pass(parameters, x, labels, (of, l, given) =>
                of === kind && l === layer
                  ? given.map((r, i) => r.map((v, c) => (i === row && c === column ? v + by : v)))
                  : given,
              ).loss,
          ),
        ),
      ),
    );
  const gradient = gradients(parameters, (moved) => pass(moved, x, labels).loss);
  const gradientNorms = normsOf(gradient);
  return {
    name: scheduled.name,
    config: { arch: 'mlp', act: 'tanh', depth: DEPTH, width: WIDTH, loss: 'softmax_ce' },
    seed,
    shapes: { I: INPUTS, O: OUTPUTS, B: BATCH },
    x: matrix(x),
    y: { shape: [BATCH], data: labels },
    params: tensors(parameters),
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
      steps: updatesOf(scheduled, parameters, x, labels),
    },
  };
}

writeFileSync(
  fileURLToPath(new URL('schedules.json', import.meta.url)),
  `${JSON.stringify({ format: 'vanish-golden-1', set: 'schedules', cases: schedules.map(caseOf) })}\n`,
);
