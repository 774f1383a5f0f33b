import type { BackendInfo, BackendName, EngineService } from '../engine/types';
import type { AnySettings } from './codec';
import { FULL_FRAMES } from './pace';
import { accumulate, emptyResult } from './result';
import { sayFor } from './say';
import { trainWidget } from './training/lanes';
import { totalSteps } from './training/run';
import type { LaneResult, TrainingResult, AnyTrainingWidget } from './widget';

/** What became of one lane over the seeds that have finished. */
export interface Tally {
  lane: string;
  learned: number;
  diverged: number;
  total: number;
}

/** One seed's finished run. */
export interface SeedResult {
  seed: number;
  /** The settings with that seed. */
  settings: AnySettings;
  result: TrainingResult;
  info: BackendInfo;
}

/**
 * The results of a widget's experiment for each of several settings of its parameter `seed`, in that
 * order, as they finish. Ends early, without an error, when the signal aborts.
 */
export async function* trainSeeds(
  widget: AnyTrainingWidget,
  settings: AnySettings,
  seeds: readonly number[],
  service: EngineService,
  { backend, signal }: { backend?: BackendName | undefined; signal?: AbortSignal } = {},
): AsyncGenerator<SeedResult> {
  const results = seeds.map(() => deferred<SeedResult | null>());
  const stop = () => results.forEach(({ resolve }) => resolve(null));
  let next = 0;
  let ended = false;
  /** Trains one seed after another; several of these share the seeds. */
  const worker = async (): Promise<void> => {
    while (next < seeds.length && !ended && !signal?.aborted) {
      const at = next++;
      await trainSeed(seeds[at]!).then(results[at]!.resolve, results[at]!.reject);
    }
  };
  // A failure waits for its turn to be told.
  for (const { promise } of results) promise.catch(() => {});
  signal?.addEventListener('abort', stop);
  for (let i = 0; i < Math.max(1, service.parallelism); i++) void worker();
  try {
    for (const { promise } of results) {
      const one = await promise;
      if (one === null || signal?.aborted) return;
      yield one;
    }
  } finally {
    ended = true;
    signal?.removeEventListener('abort', stop);
  }

  async function trainSeed(seed: number): Promise<SeedResult> {
    const own = { ...settings, seed };
    const steps = Math.max(1, Math.ceil(totalSteps(widget.lanes(own, sayFor())) / FULL_FRAMES));
    const session = service.session({
      ...(backend ? { backend } : {}),
      ...(signal ? { signal } : {}),
      // However long a frame takes on a busy machine, the frames lie at the same steps.
      pace: () => ({ steps, milliseconds: Infinity }),
    });
    let result: TrainingResult | null = null;
    try {
      for await (const frame of trainWidget(widget, own, session)) {
        result = accumulate(result ?? emptyResult(Object.keys(frame.lanes)), frame);
      }
      return { seed, settings: own, result: result ?? emptyResult([]), info: await session.info() };
    } finally {
      session.close();
    }
  }
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: unknown) => void;
}

/** A promise and what settles it; browsers of 2023 have no `Promise.withResolvers`. */
function deferred<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | null = null;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle! };
}

/** How many of the runs learned, and how many diverged, lane by lane. */
export function tally(
  results: readonly TrainingResult[],
  learned: (lane: LaneResult) => boolean,
): Tally[] {
  return Object.keys(results[0]?.lanes ?? {}).map((lane) => {
    const runs = results.flatMap((result) => result.lanes[lane] ?? []);
    return {
      lane,
      total: runs.length,
      learned: runs.filter((run) => run.firstNonFinite === null && learned(run)).length,
      diverged: runs.filter((run) => run.firstNonFinite !== null).length,
    };
  });
}
