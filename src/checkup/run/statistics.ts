/** Puts the number that belongs at place k of the sorted order there (Hoare's selection), smaller ones before it. */
function select(values: Float64Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swapped = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swapped;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}

/** Median of the finite numbers in `values[from, to)`; NaN where there is none. */
export function median(values: ArrayLike<number>, from = 0, to = values.length): number {
  const kept = new Float64Array(Math.max(0, to - from));
  let count = 0;
  for (let i = from; i < to; i++) if (Number.isFinite(values[i]!)) kept[count++] = values[i]!;
  if (count === 0) return NaN;
  const finite = kept.subarray(0, count);
  const half = count >> 1;
  const upper = select(finite, half);
  if (count % 2 === 1) return upper;
  let lower = -Infinity;
  for (let i = 0; i < half; i++) if (finite[i]! > lower) lower = finite[i]!;
  return (lower + upper) / 2;
}

/**
 * Standard deviation of the noise around a slowly changing series: from the median of the absolute
 * differences of neighbours (whose deviation is √2 as large), so that neither trend nor outliers count.
 */
export function scatter(values: ArrayLike<number>, from = 0, to = values.length): number {
  const steps = new Float64Array(Math.max(0, to - from - 1));
  for (let i = from + 1; i < to; i++) steps[i - from - 1] = Math.abs(values[i]! - values[i - 1]!);
  return (1.4826 * median(steps)) / Math.SQRT2;
}

/** The line through (x, y) by least squares, and the share of the variance of y that it explains. */
export function line(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): { slope: number; intercept: number; explained: number } {
  const count = x.length;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < count; i++) {
    meanX += x[i]! / count;
    meanY += y[i]! / count;
  }
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < count; i++) {
    xx += (x[i]! - meanX) ** 2;
    xy += (x[i]! - meanX) * (y[i]! - meanY);
    yy += (y[i]! - meanY) ** 2;
  }
  const slope = xx > 0 ? xy / xx : 0;
  return {
    slope,
    intercept: meanY - slope * meanX,
    explained: xx > 0 && yy > 0 ? (xy * xy) / (xx * yy) : 0,
  };
}

/**
 * For each place the median of the finite numbers among the `width` before it (fewer at the beginning; NaN
 * where there is none). Each number is put into and taken out of one sorted list.
 */
export function runningMedian(values: ArrayLike<number>, width: number): Float64Array {
  const medians = new Float64Array(values.length);
  const sorted: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const half = sorted.length >> 1;
    medians[i] =
      sorted.length === 0
        ? NaN
        : sorted.length % 2 === 1
          ? sorted[half]!
          : (sorted[half - 1]! + sorted[half]!) / 2;
    const value = values[i]!;
    if (Number.isFinite(value)) sorted.splice(placeOf(sorted, value), 0, value);
    const old = values[i - width];
    if (old !== undefined && Number.isFinite(old)) sorted.splice(placeOf(sorted, old), 1);
  }
  return medians;
}

/** Where a number stands in a sorted list, or would stand. */
function placeOf(sorted: number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
