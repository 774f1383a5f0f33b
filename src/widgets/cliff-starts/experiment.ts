import type { BackendName, EngineService } from '../../engine/types';
import { sideBySide } from '../../kit/training/sideBySide';
import { Following } from './outcome';
import type { StartsSettings } from './params';
import { EVERY, specOf, THRESHOLDS } from './plan';
import type { StartsResult } from './result';

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
  const runs = sideBySide({
    ...{ jobs: [null, ...THRESHOLDS], service, backend, steps: settings.steps },
    options: (worker) => ({ quick: worker }),
    train: async (threshold, session) => {
      const following = new Following();
      const training = session.train(
        { all: specOf(settings, threshold) },
        { statistics: ['parameters'], every: EVERY },
      );
      for await (const { lanes } of training) following.see(lanes['all']!.extra!['parameters']!);
      return following;
    },
  });
  let result: StartsResult = { outcomes: [], starts: [], backend: null };
  for await (const { job: threshold, found, backend: on } of runs) {
    result = {
      outcomes: [...result.outcomes, found.outcome(threshold)],
      starts: threshold === null ? found.starts(SHOWN) : result.starts,
      backend: on,
    };
    yield result;
  }
}
