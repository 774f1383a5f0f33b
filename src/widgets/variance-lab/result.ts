import type { CheckedDerivation } from './lines';

/** Batches that the draws are cut into; standard errors come from their spread. */
export const BATCHES = 40;

export interface VarianceResult extends CheckedDerivation {
  /** Batches drawn so far. */
  batches: number;
  /** After so many draws: right side over left side of each line. */
  history: { draws: number[]; ratios: number[][] };
}
