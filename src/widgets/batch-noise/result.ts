import type { BackendName } from '../../engine/types';
import { significant } from '../../kit/significant';
import { mean, spreadOf } from '../../kit/spread';
import { ALL, SIZES } from './plan';
import { meanSquare } from './theory';

/** What has been found of the batches; filled size by size. */
export interface NoiseResult {
  sizes: number[];
  /** ‖g‖ of all examples together; null before it is known. */
  whole: number | null;
  /** tr Σ: the mean squared distance of the gradients of single examples from that of all. */
  trace: number | null;
  /** Gradient norms of a few of the batches, norms[size][batch], as they were drawn. */
  norms: number[][];
  /** The root of the mean squared norm over the batches of each size; NaN where none was drawn. */
  rms: number[];
  /** The same as far as two standard errors of the mean square reach. */
  low: number[];
  high: number[];
  median: number[];
  largest: number[];
  backend: BackendName | null;
}

/** Norms that are kept of each size. */
const KEPT = 60;

const short = (value: number): number => significant(value, 4);

/** From the norms of all batches of each size, those of 1 being all examples, and that of all together. */
export function noiseResult(
  norms: readonly (readonly number[])[],
  whole: number | null,
  backend: BackendName | null,
): NoiseResult {
  const squares = norms.map((list) => list.map((norm) => norm ** 2));
  const centers = squares.map(mean);
  // Of one example each, all were looked at: nothing is left to chance.
  const errors = squares.map((list, size) => (size === 0 ? 0 : standardError(list)));
  const root = (value: number): number => short(Math.sqrt(Math.max(0, value)));
  const spreads = norms.map(spreadOf);
  return {
    sizes: SIZES,
    whole: whole === null ? null : short(whole),
    trace: whole === null || norms[0]!.length < ALL ? null : short(centers[0]! - whole ** 2),
    norms: norms.map((list) => list.slice(0, KEPT).map(short)),
    rms: centers.map((center) => (Number.isNaN(center) ? NaN : root(center))),
    low: centers.map((center, i) => (Number.isNaN(center) ? NaN : root(center - 2 * errors[i]!))),
    high: centers.map((center, i) => (Number.isNaN(center) ? NaN : root(center + 2 * errors[i]!))),
    median: spreads.map(({ median }) => short(median)),
    largest: spreads.map(({ high }) => short(high)),
    backend,
  };
}

/** Of a mean of some numbers. */
function standardError(list: readonly number[]): number {
  const center = mean(list);
  const squares = list.reduce((total, value) => total + (value - center) ** 2, 0);
  return Math.sqrt(squares / (list.length - 1) / list.length);
}

/** Before any batch was looked at. */
export const nothing = (): NoiseResult =>
  noiseResult(
    SIZES.map(() => []),
    null,
    null,
  );

/** Sizes that are done. */
export const finished = ({ rms }: NoiseResult): number =>
  rms.filter((value) => !Number.isNaN(value)).length;

/** The root of E‖g_B‖² by theory, at so large a batch; NaN before both numbers that it needs are known. */
export const predicted = ({ whole, trace }: NoiseResult, size: number): number =>
  whole === null || trace === null ? NaN : Math.sqrt(meanSquare(whole ** 2, trace, size, ALL));

/** By how many standard errors the mean square of a size is off; 0 where nothing was left to chance. */
export function deviation(result: NoiseResult, index: number): number {
  const { rms, high, sizes } = result;
  const error = (high[index]! ** 2 - rms[index]! ** 2) / 2;
  const off = Math.abs(rms[index]! ** 2 - predicted(result, sizes[index]!) ** 2);
  return error === 0 ? 0 : off / error;
}
