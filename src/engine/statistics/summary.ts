import type { StatisticKind } from '../step/slots';
import { whole, type Range } from './reductions';

/** What a frame can show of a tensor without its entries. */
export type Measure = 'mean' | 'norm' | 'zeros';

/** Tensors whose summary is wanted, and what of it; that they are finite is always told. */
export interface SummaryRequest {
  kind: StatisticKind;
  measures: readonly Measure[];
}

/** A tensor's summary, accumulated in doubles; NaN where a measure was not asked for. */
export interface TensorSummary {
  /** Σx, of which the mean is made. */
  sum: number;
  /** Σx², of which the norm is made. */
  squares: number;
  /** How many entries are exactly 0. */
  zeros: number;
  /** False where one is NaN or infinite. */
  isFinite: boolean;
}

/** Σx, Σx², zeros, and whether all entries are finite. */
export function summaryOf(
  values: ArrayLike<number>,
  { offset, size }: Range = whole(values),
): TensorSummary {
  const summary: TensorSummary = { sum: 0, squares: 0, zeros: 0, isFinite: true };
  for (let i = offset; i < offset + size; i++) {
    const value = values[i]!;
    summary.sum += value;
    summary.squares += value * value;
    if (value === 0) summary.zeros++;
    if (!Number.isFinite(value)) summary.isFinite = false;
  }
  return summary;
}
