import type { BackendName, EngineService, Session, TrainingSpec } from '../../engine/types';
import { significant } from '../../kit/significant';
import { sideBySide } from '../../kit/training/sideBySide';
import type { GridSettings } from './params';
import { columnsOf, DEPTHS, specOf } from './plan';
import { gridResult, nothing, type GridResult, type Outcome } from './result';

interface Job {
  row: number;
  column: number;
  seed: number;
}

/** What became of one network; it ends at its first number that is not finite. */
async function outcomeOf(session: Session, spec: TrainingSpec): Promise<Outcome> {
  let initialLoss = NaN;
  let divergedAt: number | null = null;
  for await (const { lanes } of session.train({ network: spec })) {
    const { step, losses, firstNonFinite } = lanes['network']!;
    if (step === 0) initialLoss = significant(losses[0] ?? NaN, 4);
    if (firstNonFinite !== null) divergedAt = firstNonFinite.step;
  }
  return { divergedAt, initialLoss };
}

/**
 * Trains some networks for every depth and batch size, or learning rate, as many at a time as the service has
 * workers, and yields after each. Column by column, from the left.
 */
export default async function* experiment(
  settings: GridSettings,
  service: EngineService,
  { backend }: { backend?: BackendName | undefined },
): AsyncGenerator<GridResult> {
  let result = nothing(settings);
  yield result;

  const jobs: Job[] = columnsOf(settings).flatMap((_, column) =>
    DEPTHS.flatMap((_, row) =>
      Array.from({ length: settings.repeats }, (_, k) => ({
        ...{ row, column },
        seed: settings.seed + k,
      })),
    ),
  );
  const runs = sideBySide({
    ...{ jobs, service, backend, steps: settings.steps },
    // The networks of a cell have one shape: each worker captures it once, and keeps its memory.
    options: (worker) => ({ quick: worker }),
    train: ({ row, column, seed }, session) =>
      outcomeOf(session, specOf(settings, row, column, seed)),
  });
  for await (const { job, found, backend: on } of runs) {
    const outcomes = result.outcomes.map((columns, row) =>
      row === job.row
        ? columns.map((cell, column) => (column === job.column ? [...cell, found] : cell))
        : columns,
    );
    result = gridResult(settings, outcomes, on);
    yield result;
  }
}
