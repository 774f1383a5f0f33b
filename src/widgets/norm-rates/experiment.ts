import type { BackendName, EngineService } from '../../engine/types';
import { significant } from '../../kit/significant';
import type { RatesSettings } from './params';
import { NORMS, RATES, specOf } from './plan';
import { CHANCE, nothing, ratesResult, type RatesResult } from './result';

/** At most so long until a run can be stopped. */
const FRAME = 250;

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
  const closing = new Set<() => void>();
  const running: Promise<{ job: Job; accuracy: number; on: BackendName }>[] = [];
  const start = () => {
    const job = jobs.shift();
    if (job === undefined) return;
    const run = train(job);
    // It may fail before its turn to be awaited; the await then tells.
    run.catch(() => {});
    running.push(run);
  };
  try {
    for (let i = 0; i < Math.max(1, service.parallelism); i++) start();
    while (running.length > 0) {
      const { job, accuracy, on } = await running.shift()!;
      start();
      const found = result.accuracy.map((rates, row) =>
        row === job.row
          ? rates.map((all, column) => (column === job.column ? [...all, accuracy] : all))
          : rates,
      );
      result = ratesResult(found, on);
      yield result;
    }
  } finally {
    for (const close of closing) close();
  }

  async function train({ row, column, seed }: Job) {
    const session = service.session({
      ...(backend ? { backend } : {}),
      pace: () => ({ steps: settings.steps, milliseconds: FRAME }),
    });
    const close = () => session.close();
    closing.add(close);
    try {
      let accuracy = CHANCE;
      for await (const { lanes } of session.train({
        network: specOf(settings, row, column, seed),
      })) {
        const atEnd = lanes['network']?.final?.trainAccuracy;
        if (atEnd !== undefined && atEnd !== null && Number.isFinite(atEnd))
          accuracy = significant(atEnd, 4);
      }
      return { job: { row, column, seed }, accuracy, on: (await session.info()).backend };
    } finally {
      closing.delete(close);
      close();
    }
  }
}
