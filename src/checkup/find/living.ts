import type { Run, Series } from '../run/run.ts';
import { firstPlaceAt } from './notFinite.ts';

/**
 * The row from which the run is dead: where the loss, or the norm for good, is not finite. What the loss
 * says from there on means nothing.
 */
export function endOfLife({ loss, gradientNorm, rows }: Run): number {
  let end = rows;
  if (loss) {
    const place = loss.values.findIndex((value) => !Number.isFinite(value));
    if (place !== -1) end = loss.rows[place]!;
  }
  if (gradientNorm) {
    const { values } = gradientNorm;
    let from = values.length;
    while (from > 0 && !Number.isFinite(values[from - 1]!)) from--;
    // One last row may be a skipped step.
    if (values.length - from > 1) end = Math.min(end, gradientNorm.rows[from]!);
  }
  return end;
}

/** The part of a series before a row. */
export function before(series: Series, row: number): Float64Array {
  return series.values.subarray(0, firstPlaceAt(series, row));
}
