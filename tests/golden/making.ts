/**
 * What the makers of our own reference cases share: numbers that are exact in float32, derivatives by
 * differences, and the optimizers' rules on one number. Nothing here is the engine's or its oracle's.
 */

export type Vector = number[];
export type Rows = Vector[];
/** Tensors by name, each as rows; a vector is a single row. */
export type Parameters = Record<string, Rows>;

/** Updates that a case states. */
export const UPDATES = 5;

/** Half the distance of the inner points of a difference. */
const STEP = 1e-3;

/** Multiples of 2⁻¹⁰, exact in float32, of about a given size. */
export function drawer(seed: number): (size: number) => number {
  let state = seed * 2654435761;
  const uniform = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return (size) => Math.round(size * normal() * 1024) / 1024;
}

export const rowsOf = (rows: number, columns: number, value: () => number): Rows =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, value));
export const mean = (values: Vector): number => values.reduce((a, b) => a + b, 0) / values.length;
export const rms = (values: Vector): number =>
  Math.sqrt(mean(values.map((value) => value * value)));
export const norm = (values: Vector): number => Math.hypot(...values);

/** A batch of rows through a weight matrix [fanOut, fanIn]. */
export const product = (input: Rows, weights: Rows): Rows =>
  input.map((row) => weights.map((unit) => unit.reduce((sum, w, i) => sum + w * row[i]!, 0)));

/** The mean cross-entropy of a batch of outputs. */
export const crossEntropy = (output: Rows, labels: Vector): number =>
  mean(
    output.map((row, b) => {
      const top = Math.max(...row);
      const sum = row.reduce((total, value) => total + Math.exp(value - top), 0);
      return top + Math.log(sum) - row[labels[b]!]!;
    }),
  );

/** f′(0) by a central difference of sixth order. */
export const slope = (f: (by: number) => number): number =>
  (45 * (f(STEP) - f(-STEP)) - 9 * (f(2 * STEP) - f(-2 * STEP)) + f(3 * STEP) - f(-3 * STEP)) /
  (60 * STEP);

export const copy = (parameters: Parameters): Parameters => structuredClone(parameters);

/** The derivative of a loss by every parameter. */
export function gradients(parameters: Parameters, loss: (moved: Parameters) => number): Parameters {
  const moved = copy(parameters);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, rows]) => [
      name,
      rows.map((row, r) =>
        row.map((value, c) => {
          const derivative = slope((by) => {
            moved[name]![r]![c] = value + by;
            return loss(moved);
          });
          moved[name]![r]![c] = value;
          return derivative;
        }),
      ),
    ]),
  );
}

/** Moves one entry of z or h of a layer, or time step, on its way. */
export interface Nudge {
  of: 'z' | 'h';
  layer: number;
  row: number;
  column: number;
  by: number;
}

/** The rows of z or h of a layer, moved where a nudge is for them. */
export const nudged = (rows: Rows, of: Nudge['of'], layer: number, nudge: Nudge | null): Rows =>
  rows.map((row, b) =>
    row.map((value, c) =>
      nudge?.of === of && nudge.layer === layer && nudge.row === b && nudge.column === c
        ? value + nudge.by
        : value,
    ),
  );

type Update = (
  value: number,
  gradient: number,
  state: { m: number; v: number },
  step: number,
) => number;

/** Optimizers, as the format tells them, and what each makes of one number at update `step`, from 1 on. */
export const optimizers: { told: Record<string, number | string>; update: Update }[] = [
  { told: { kind: 'sgd', lr: 0.1 }, update: (w, g) => w - 0.1 * g },
  {
    told: { kind: 'momentum', lr: 0.05, momentum: 0.9 },
    update: (w, g, state) => {
      state.m = 0.9 * state.m + g;
      return w - 0.05 * state.m;
    },
  },
  {
    told: { kind: 'adam', lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
    update: (w, g, state, step) => {
      state.m = 0.9 * state.m + 0.1 * g;
      state.v = 0.999 * state.v + 0.001 * g * g;
      const [m, v] = [state.m / (1 - 0.9 ** step), state.v / (1 - 0.999 ** step)];
      return w - (0.01 * m) / (Math.sqrt(v) + 1e-8);
    },
  },
];

export const matrix = (rows: Rows) => ({
  shape: [rows.length, rows[0]!.length],
  data: rows.flat(),
});
/** A tensor as the format writes it: vectors have one dimension. */
const tensor = (name: string, rows: Rows) =>
  name.startsWith('W') ? matrix(rows) : { shape: [rows[0]!.length], data: rows[0]! };
export const tensors = (parameters: Parameters) =>
  Object.fromEntries(Object.entries(parameters).map(([name, rows]) => [name, tensor(name, rows)]));
export const momentsOf = (rows: Rows) => {
  const values = rows.flat();
  const center = mean(values);
  return { mean: center, std: rms(values.map((value) => value - center)), rms: rms(values) };
};
/** The norm of each tensor. */
export const normsOf = (parameters: Parameters): Record<string, number> =>
  Object.fromEntries(Object.entries(parameters).map(([key, rows]) => [key, norm(rows.flat())]));
