/**
 * The median, smallest and largest of some numbers. NaN counts as larger than every number, since
 * it stands for a run that diverged. All three are NaN for an empty list.
 */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

/** The mean; NaN of an empty list. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The median and the range. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted(byRank);
  const low = sorted[0] ?? Number.NaN;
  const high = sorted.at(-1) ?? Number.NaN;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  if (sorted.length % 2 === 1) return { median: upper, low, high };
  const lower = sorted[sorted.length / 2 - 1] ?? Number.NaN;
  return { median: lower === upper ? lower : (lower + upper) / 2, low, high };
}

function byRank(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}
