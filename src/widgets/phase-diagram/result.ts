import type { BackendName } from '../../engine/types';
import type { Place } from './plan';

/** Training accuracy from which a network counts as trained. */
export const TRAINED = 0.5;
/** A network that diverged guesses. */
export const CHANCE = 0.1;

export interface PhaseResult {
  /** χ over the plane: chi[row of σ_b][column of σ_w]. */
  chi: number[][];
  /** χ along the row on which networks are trained; empty where they are trained along the line. */
  row: { sigmaW: number[]; chi: number[] };
  line: { sigmaW: number[]; sigmaB: number[] };
  places: Place[];
  /** accuracy[depth][place][seed], the training accuracy at the end; filled as networks finish. */
  accuracy: number[][][];
  backend: BackendName | null;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return sorted.length === 0 ? NaN : (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
};

/** Median accuracy of each place at one of the depths; NaN where none has finished. */
export const accuracyAt = ({ accuracy }: PhaseResult, depthIndex: number): number[] =>
  (accuracy[depthIndex] ?? []).map(median);

/** The greatest of the depths at which each place has trained; 0 where none has. */
export function trainedDepths(result: PhaseResult, depths: readonly number[]): number[] {
  return result.places.map((_, place) =>
    depths.reduce(
      (deepest, depth, k) => ((accuracyAt(result, k)[place] ?? NaN) >= TRAINED ? depth : deepest),
      0,
    ),
  );
}

/** Networks that have finished. */
export const finished = ({ accuracy }: PhaseResult): number => accuracy.flat(2).length;
