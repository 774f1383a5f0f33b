import type { BackendName } from '../../engine/types';
import { significant } from '../../kit/significant';
import { spreadOf } from '../../kit/spread';
import { NORMS, RATES } from './plan';

/** Training accuracy from which a learning rate counts as working. */
export const WORKS = 0.8;
/** A network that diverged guesses. */
export const CHANCE = 0.1;

/** What has been found of the networks; filled as they finish. */
export interface RatesResult {
  /** The learning rates, in the order of the columns. */
  rates: number[];
  /** Their logarithms to base 10, by which the map is drawn: its columns are equally wide. */
  powers: number[];
  /** accuracy[norm][rate][seed], of the training part at the end. */
  accuracy: number[][][];
  /** median[norm][rate], over the seeds; NaN where none has finished. */
  median: number[][];
  backend: BackendName | null;
}

/** With the median of what has been found. */
export const ratesResult = (
  accuracy: number[][][],
  backend: BackendName | null = null,
): RatesResult => ({
  rates: RATES,
  powers: RATES.map((rate) => significant(Math.log10(rate), 3)),
  accuracy,
  median: accuracy.map((rates) => rates.map((seeds) => spreadOf(seeds).median)),
  backend,
});

/** Before any network has finished. */
export const nothing = (): RatesResult => ratesResult(NORMS.map(() => RATES.map(() => [])));

/** Networks that have finished. */
export const finished = ({ accuracy }: RatesResult): number => accuracy.flat(2).length;

/** The rates that work for the norm of a row. */
export const workingRates = ({ median }: RatesResult, row: number): number[] =>
  RATES.filter((_, column) => median[row]![column]! >= WORKS);
