import type { CheckedDerivation } from './check';

/** Batches that the draws are cut into; standard errors come from their spread. */
export const BATCHES = 40;

export interface VarianceResult extends CheckedDerivation {
  /** Batches drawn so far. */
  batches: number;
  /** After so many draws: the difference of each line as a share of its whole. */
  history: { draws: number[]; shares: number[][] };
}
