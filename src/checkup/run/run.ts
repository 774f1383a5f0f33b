import type { Stated } from '../read/stated.ts';

/** Numbers of one name over the rows that have it, in the order in which they were read. */
export interface Series {
  /** Name in the file. */
  name: string;
  rows: ArrayLike<number> & { readonly length: number };
  values: Float64Array;
  /** How it was computed, where the file does not have it as it is. */
  derived?: string;
}

/** What only the reader can know, or what overrules the file. */
export interface Given {
  /** Threshold of clipping by the global norm. */
  clip?: number;
  /** How many classes the task has. */
  classes?: number;
}

/** A training as the finder sees it. */
export interface Run {
  /** Rows that were read, those that are left out of the series included. */
  rows: number;
  /** Format by its id; tells whose defaults hold. */
  format: string;
  loss: Series | null;
  gradientNorm: Series | null;
  learningRate: Series | null;
  lossScale: Series | null;
  clippedShare: Series | null;
  evaluationLoss: Series | null;
  /** Norm of the weight gradient by layer, from input to output. */
  layers: Series[];
  belowFloat16Share: Series[];
  stated: Stated;
  given: Given;
  /** Whether the file begins at the training's beginning, as far as steps and epochs say. */
  fromStart: boolean;
  /** Step of a row, or null; the same for the epoch and for the file's line. */
  stepOf: (row: number) => number | null;
  epochOf: (row: number) => number | null;
  lineOf: (row: number) => number | null;
  /** What was left out of the series, and why. */
  omitted: { reason: string; rows: number }[];
}
