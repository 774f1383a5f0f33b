/** What is kept of the singular values of ∂h_l/∂x, one entry a layer. */
export interface Spectrum {
  largest: number[];
  /** √ of the mean of their squares. */
  rms: number[];
  median: number[];
  smallest: number[];
  /** All of them at the last layer, the largest first. */
  last: number[];
}

/** Sums up the singular values of `layers` layers, one list after another. */
export function spectrumOf(values: readonly number[], layers: number): Spectrum {
  const count = values.length / layers;
  const lists = Array.from({ length: layers }, (_, l) => values.slice(l * count, (l + 1) * count));
  const middle = count / 2;
  return {
    largest: lists.map((list) => list[0]!),
    rms: lists.map((list) =>
      Math.sqrt(list.reduce((sum, value) => sum + value * value, 0) / list.length),
    ),
    median: lists.map(
      (list) => (list[Math.floor(middle - 0.5)]! + list[Math.ceil(middle - 0.5)]!) / 2,
    ),
    smallest: lists.map((list) => list.at(-1)!),
    last: lists.at(-1)!,
  };
}
