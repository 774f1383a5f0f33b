import type { BackendName, EngineService } from '../../engine/types';
import { Following } from './outcome';
import type { StartsSettings } from './params';
import { EVERY, specOf, THRESHOLDS } from './plan';
import type { StartsResult } from './result';

/** At most so long until a run can be stopped. */
const FRAME = 250;

/** Starts that the picture shows: more would cover each other. */
const SHOWN = 200;

/**
 * Descends from all starts without clipping, then with each threshold, as many trainings at a time as the
 * service has workers, and yields after each.
 */
export default async function* experiment(
  settings: StartsSettings,
  service: EngineService,
  { backend }: { backend?: BackendName | undefined },
): AsyncGenerator<StartsResult> {
  const jobs = [null, ...THRESHOLDS];
  const closing = new Set<() => void>();
  const running: ReturnType<typeof descend>[] = [];
  const start = (worker: number) => {
    const threshold = jobs.shift();
    if (threshold === undefined) return;
    const run = descend(threshold, worker);
    // It may fail before its turn to be awaited; the await then tells.
    run.catch(() => {});
    running.push(run);
  };
  let result: StartsResult = { outcomes: [], starts: [], backend: null };
  try {
    for (let i = 0; i < Math.max(1, service.parallelism); i++) start(i);
    while (running.length > 0) {
      const { following, threshold, worker, on } = await running.shift()!;
      start(worker);
      result = {
        outcomes: [...result.outcomes, following.outcome(threshold)],
        starts: threshold === null ? following.starts(SHOWN) : result.starts,
        backend: on,
      };
      yield result;
    }
  } finally {
    for (const close of closing) close();
  }

  async function descend(threshold: number | null, worker: number) {
    const session = service.session({
      ...(backend ? { backend } : {}),
      pace: () => ({ steps: settings.steps, milliseconds: FRAME }),
      quick: worker,
    });
    const close = () => session.close();
    closing.add(close);
    try {
      const following = new Following();
      const training = session.train(
        { all: specOf(settings, threshold) },
        { statistics: ['parameters'], every: EVERY },
      );
      for await (const { lanes } of training) following.see(lanes['all']!.extra!['parameters']!);
      return { following, threshold, worker, on: (await session.info()).backend };
    } finally {
      closing.delete(close);
      close();
    }
  }
}
