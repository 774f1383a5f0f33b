import type { BackendAvailability, BackendName, TrainingSpec } from '../../engine/types';
import { spreadOf } from '../../kit/spread';
import { digits } from '../../kit/training/specs';
import type { RaceSettings } from './params';

/** How many pieces a training is cut into; the backends take turns piece by piece. */
export const ROUNDS = 10;

/** What every loss is compared with. */
export const REFERENCE: BackendName = 'cpu';

/** One backend's training, as far as it has come. */
export interface Runner {
  backend: BackendName;
  /** As the device names it. */
  device: string;
  /** What was mended or replaced. */
  notes: string[];
  /** Why it stopped before the end. */
  failure: string | null;
  /** Batch loss at the end of each round. */
  loss: number[];
  /**
   * Largest |L − L_cpu| / |L_cpu| over the steps of each round; shorter than `loss` while the
   * reference has not been there yet.
   */
  difference: number[];
  /** Steps a second of each round, of the worker's own time. A recording has none. */
  stepsPerSecond: number[];
}

export interface RaceResult {
  backends: BackendAvailability[];
  /** The step at which each round ends. */
  rounds: number[];
  runners: Runner[];
}

/** The step at which each round ends; the last is the training's last. */
export const roundsOf = ({ steps }: RaceSettings): number[] =>
  Array.from({ length: ROUNDS }, (_, i) => Math.round((steps * (i + 1)) / ROUNDS));

/** The training, the same for every backend. It could go on; the race stops it after `steps`. */
export function specOf({ network, learningRate, steps, seed }: RaceSettings): TrainingSpec {
  return digits(
    {
      ...{ depth: network === 'ten' ? 10 : 30, width: 32, activation: 'tanh' },
      initializer: { kind: 'leCunNormal' },
      optimizer: { kind: 'sgd', learningRate },
    },
    { batchSize: 32, steps: steps + 1, seed },
  );
}

/** Relative to the reference; 0 where both are the same, finite or not. */
export const differenceOf = (loss: number, reference: number): number =>
  Object.is(loss, reference) ? 0 : Math.abs(loss - reference) / Math.abs(reference);

/** The largest of a list; NaN where one is NaN or there is none. */
export const largest = (list: readonly number[]): number =>
  list.length === 0 ? NaN : Math.max(...list);

/** The rounds that count: the first one also warms caches and compilers. */
const counted = ({ stepsPerSecond }: Runner): number[] => stepsPerSecond.slice(1);

export interface Speed {
  /** Median over the rounds that count. */
  stepsPerSecond: number;
  /** Median over the rounds of this backend's time by the fastest one's in the same round. */
  timesSlower: number;
}

/** How fast each backend was, by name; without those that have made fewer than two rounds. */
export function speedsOf({ runners }: RaceResult): Partial<Record<BackendName, Speed>> {
  const medians = runners.flatMap((runner) =>
    counted(runner).length === 0 ? [] : [{ runner, median: spreadOf(counted(runner)).median }],
  );
  const fastest = medians.reduce<(typeof medians)[number] | null>(
    (best, one) => (best === null || one.median > best.median ? one : best),
    null,
  );
  if (fastest === null) return {};
  const best = counted(fastest.runner);
  return Object.fromEntries(
    medians.map(({ runner, median }) => {
      const ratios = counted(runner).flatMap((rate, i) =>
        best[i] === undefined ? [] : [best[i] / rate],
      );
      return [
        runner.backend,
        { stepsPerSecond: median, timesSlower: spreadOf(ratios).median },
      ] as const;
    }),
  );
}
