/** What the makers of our own references share: loops over plain numbers, in double precision. */
export type Vector = number[];
export type Rows = Vector[];
export type Parameters = Record<string, Rows>;

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

/** f′(0) by a central difference of sixth order. */
export const slope = (f: (by: number) => number): number =>
  (45 * (f(STEP) - f(-STEP)) - 9 * (f(2 * STEP) - f(-2 * STEP)) + f(3 * STEP) - f(-3 * STEP)) /
  (60 * STEP);

export const copy = (parameters: Parameters): Parameters => structuredClone(parameters);

/** The gradient of a loss at these parameters, entry by entry. */
export function gradientsOf(
  parameters: Parameters,
  lossOf: (moved: Parameters) => number,
): Parameters {
  const moved = copy(parameters);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, rows]) => [
      name,
      rows.map((row, r) =>
        row.map((value, c) => {
          const derivative = slope((by) => {
            moved[name]![r]![c] = value + by;
            return lossOf(moved);
          });
          moved[name]![r]![c] = value;
          return derivative;
        }),
      ),
    ]),
  );
}

/** The mean cross-entropy of the rows of outputs, before the softmax, with these labels. */
export const crossEntropy = (output: Rows, labels: Vector): number =>
  mean(
    output.map((row, b) => {
      const top = Math.max(...row);
      const sum = row.reduce((total, value) => total + Math.exp(value - top), 0);
      return top + Math.log(sum) - row[labels[b]!]!;
    }),
  );

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
