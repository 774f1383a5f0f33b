/**
 * Statistics of float32 arrays, accumulated in doubles, so that they are finite and nonzero for
 * every array whose true value a double can hold. Non-finite entries make them non-finite.
 */

/** A part of an array. */
export interface Range {
  offset: number;
  size: number;
}

/** All of an array. */
export const whole = (values: ArrayLike<number>): Range => ({ offset: 0, size: values.length });

/**
 * Euclidean norm. A float32 squared is at least 1e-90 and at most 1e77: a double holds every sum.
 */
export function norm(values: ArrayLike<number>, { offset, size }: Range = whole(values)): number {
  return Math.sqrt(sumOfSquares(values, { offset, size }));
}

/** Σ v². */
export function sumOfSquares(
  values: ArrayLike<number>,
  { offset, size }: Range = whole(values),
): number {
  let total = 0;
  for (let i = offset; i < offset + size; i++) total += values[i]! * values[i]!;
  return total;
}

/** Share of entries that are exactly 0. */
export function zeroShare(
  values: ArrayLike<number>,
  { offset, size }: Range = whole(values),
): number {
  let zeros = 0;
  for (let i = offset; i < offset + size; i++) if (values[i] === 0) zeros++;
  return size === 0 ? 0 : zeros / size;
}

export function mean(values: ArrayLike<number>, { offset, size }: Range = whole(values)): number {
  let total = 0;
  for (let i = offset; i < offset + size; i++) total += values[i]!;
  return total / size;
}

/** Population standard deviation (divided by N), in two passes. */
export function standardDeviation(values: ArrayLike<number>, range: Range = whole(values)): number {
  const center = mean(values, range);
  let total = 0;
  for (let i = range.offset; i < range.offset + range.size; i++)
    total += (values[i]! - center) ** 2;
  return Math.sqrt(total / range.size);
}

/** The first entry that is NaN or infinite, as a name; null where all are finite. */
export function firstNonFinite(
  values: ArrayLike<number>,
  { offset, size }: Range = whole(values),
): 'NaN' | 'Infinity' | '-Infinity' | null {
  for (let i = offset; i < offset + size; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) return String(value) as 'NaN' | 'Infinity' | '-Infinity';
  }
  return null;
}
