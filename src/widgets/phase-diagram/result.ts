import type { BackendName } from '../../engine/types';
import { spreadOf } from '../../kit/spread';
import type { Place } from './plan';

/** Training accuracy from which a network counts as trained. */
export const TRAINED = 0.5;
/** A network that diverged guesses. */
export const CHANCE = 0.1;

export interface PhaseResult extends Trained {
  /** χ over the plane: chi[row of σ_b][column of σ_w]. */
  plane: { sigmaW: number[]; sigmaB: number[]; chi: number[][] };
  /** χ along the row on which networks are trained; empty where they are trained along the line. */
  row: { sigmaW: number[]; chi: number[] };
  line: { sigmaW: number[]; sigmaB: number[] };
  places: Place[];
  backend: BackendName | null;
}

/** What has been found of the networks; filled as they finish. */
export interface Trained {
  /** accuracy[depth][place][seed], the training accuracy at the end. */
  accuracy: number[][][];
  /** median[depth][place], over the seeds; NaN where none has finished. */
  median: number[][];
  /** The greatest of the depths at which each place has trained; 0 where none has. */
  deepest: number[];
}

/** What the accuracies found so far say of each of the depths and places. */
export function trained(accuracy: number[][][], depths: readonly number[]): Trained {
  const median = accuracy.map((places) => places.map((seeds) => spreadOf(seeds).median));
  const deepest = (accuracy[0] ?? []).map((_, place) =>
    depths.reduce((found, depth, k) => (median[k]![place]! >= TRAINED ? depth : found), 0),
  );
  return { accuracy, median, deepest };
}

/** Networks that have finished. */
export const finished = ({ accuracy }: Trained): number => accuracy.flat(2).length;
