import type { BackendName, EngineService } from '../../engine/types';
import { sideBySide, trainAccuracy } from '../../kit/training/sideBySide';
import type { RatesSettings } from './params';
import { NORMS, RATES, specOf } from './plan';
import { CHANCE, nothing, ratesResult, type RatesResult } from './result';

interface Job {
  row: number;
  column: number;
  seed: number;
}

/**
 * Trains a network for every norm and learning rate, as many at a time as the service has workers, and
 * yields after each. The smallest rates come first, which every norm survives.
 */
export default async function* experiment(
  settings: RatesSettings,
  service: EngineService,
  { backend }: { backend?: BackendName | undefined },
): AsyncGenerator<RatesResult> {
  let result = nothing();
  yield result;

  const jobs: Job[] = RATES.flatMap((_, column) =>
    NORMS.flatMap((_, row) =>
      Array.from({ length: settings.repeats }, (_, k) => ({
        ...{ row, column },
        seed: settings.seed + k,
      })),
    ),
  );
  const runs = sideBySide({
    ...{ jobs, service, backend, steps: settings.steps },
    train: async ({ row, column, seed }, session) =>
      (await trainAccuracy(session, specOf(settings, row, column, seed))) ?? CHANCE,
  });
  for await (const { job, found, backend: on } of runs) {
    const accuracy = result.accuracy.map((rates, row) =>
      row === job.row
        ? rates.map((all, column) => (column === job.column ? [...all, found] : all))
        : rates,
    );
    result = ratesResult(accuracy, on);
    yield result;
  }
}
