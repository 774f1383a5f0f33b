/** What a frame says of one tensor [batch, width] of the flat statistics. */
import { norm, sumOfSquares } from './reductions';
import type { StatisticSlot } from '../step/slots';
import { activationDerivative } from '../theory/activations';
import { isSaturated } from '../theory/saturation';
import type { ActivationName } from '../spec/training';

/** Bins of a histogram. */
export const histogramBins = 40;

/** Share of the entries at which φ is saturated. */
export function saturatedShare(
  values: Float32Array,
  { offset, size }: StatisticSlot,
  activation: ActivationName,
): number {
  let count = 0;
  for (let i = offset; i < offset + size; i++) if (isSaturated(activation, values[i]!)) count++;
  return count / size;
}

/** A unit is dead on a batch where φ′(z) is 0 in float32 on every row: no gradient reaches its weights. */
export function deadShare(
  values: Float32Array,
  { offset, shape }: StatisticSlot,
  activation: ActivationName,
): number {
  const [rows, units] = shape as [number, number];
  let dead = 0;
  for (let unit = 0; unit < units; unit++) {
    let alive = false;
    for (let row = 0; row < rows && !alive; row++) {
      alive =
        Math.fround(activationDerivative(activation, values[offset + row * units + unit]!)) !== 0;
    }
    if (!alive) dead++;
  }
  return dead / units;
}

/**
 * Mean cosine between two rows of the batch: 1 where every row points the same
 * way. A row of zeros counts as at right angles to all others; NaN for a batch of one row.
 */
export function meanCosine(values: Float32Array, { offset, shape }: StatisticSlot): number {
  const [rows, units] = shape as [number, number];
  const sum = new Float64Array(units);
  let directed = 0;
  for (let row = 0; row < rows; row++) {
    const range = { offset: offset + row * units, size: units };
    const length = norm(values, range);
    if (length === 0) continue;
    directed++;
    for (let unit = 0; unit < units; unit++) {
      sum[unit] = sum[unit]! + values[range.offset + unit]! / length;
    }
  }
  // ‖Σu‖² holds every pair of unit vectors twice, and each of them with itself once.
  return (sumOfSquares(sum) - directed) / (rows * (rows - 1));
}

/**
 * How far the rows of the batch differ: each unit's standard deviation over the rows, as a root mean square
 * over the units. 0 where all rows are the same.
 */
export function spreadOverRows(values: Float32Array, { offset, shape }: StatisticSlot): number {
  const [rows, units] = shape as [number, number];
  let squares = 0;
  for (let unit = 0; unit < units; unit++) {
    const at = (row: number): number => values[offset + row * units + unit]!;
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += at(row);
    for (let row = 0; row < rows; row++) squares += (at(row) - sum / rows) ** 2;
  }
  return Math.sqrt(squares / (rows * units));
}

/**
 * Counts of every tensor's finite entries over one range for all of them: [tensors × bins], and the
 * range.
 */
export function histogram(
  values: Float32Array,
  slots: readonly StatisticSlot[],
): { counts: number[]; range: [number, number] } {
  const part = ({ offset, size }: StatisticSlot): Float32Array =>
    values.subarray(offset, offset + size);
  let low = Infinity;
  let high = -Infinity;
  for (const slot of slots) {
    for (const value of part(slot)) {
      if (value < low && Number.isFinite(value)) low = value;
      if (value > high && Number.isFinite(value)) high = value;
    }
  }
  if (!(low < high)) high = low + 1;
  const counts = slots.flatMap((slot) => {
    const bins = new Array<number>(histogramBins).fill(0);
    for (const value of part(slot)) {
      if (!Number.isFinite(value)) continue;
      const bin = Math.min(
        histogramBins - 1,
        Math.floor(((value - low) / (high - low)) * histogramBins),
      );
      bins[bin] = bins[bin]! + 1;
    }
    return bins;
  });
  return { counts, range: [low, high] };
}
