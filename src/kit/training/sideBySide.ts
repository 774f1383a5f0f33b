import type {
  BackendName,
  EngineService,
  Session,
  SessionOptions,
  TrainingSpec,
} from '../../engine/types';
import { significant } from '../significant';

/** At most so long until a run can be stopped, in milliseconds. */
const FRAME = 250;

/** Trainings of a survey that do not depend on each other. */
export interface SideBySide<Job, Found> {
  jobs: readonly Job[];
  service: EngineService;
  backend: BackendName | undefined;
  /** Updates of one training: no frame is longer. */
  steps: number;
  /** What else the session of one of the service's workers asks for. */
  options?: (worker: number) => Partial<SessionOptions>;
  train: (job: Job, session: Session) => Promise<Found>;
}

/** What was found for a job, and what computed it. */
export interface Finished<Job, Found> {
  job: Job;
  found: Found;
  backend: BackendName;
}

/**
 * Trains for every job, as many at a time as the service has workers, and yields after each, in their order.
 * Throws what a training throws. Whoever stops early ends those under way.
 */
export async function* sideBySide<Job, Found>({
  jobs,
  service,
  backend,
  steps,
  options,
  train,
}: SideBySide<Job, Found>): AsyncGenerator<Finished<Job, Found>> {
  const open = new Set<Session>();
  const running: Promise<{ worker: number; finished: Finished<Job, Found> }>[] = [];
  let next = 0;
  const start = (worker: number): void => {
    if (next === jobs.length) return;
    const run = work(jobs[next++]!, worker);
    // It may fail before its turn to be awaited; the await then tells.
    run.catch(() => {});
    running.push(run);
  };
  try {
    for (let worker = 0; worker < Math.max(1, service.parallelism); worker++) start(worker);
    while (running.length > 0) {
      const { worker, finished } = await running.shift()!;
      start(worker);
      yield finished;
    }
  } finally {
    for (const session of open) session.close();
  }

  async function work(job: Job, worker: number) {
    const session = service.session({
      ...(backend ? { backend } : {}),
      pace: () => ({ steps, milliseconds: FRAME }),
      ...options?.(worker),
    });
    open.add(session);
    try {
      const found = await train(job, session);
      const { backend: on } = await session.info();
      return { worker, finished: { job, found, backend: on } };
    } finally {
      open.delete(session);
      session.close();
    }
  }
}

/** The training accuracy at the end of a run, in four digits; null where it left the finite numbers. */
export async function trainAccuracy(session: Session, spec: TrainingSpec): Promise<number | null> {
  let found: number | null = null;
  for await (const { lanes } of session.train({ network: spec })) {
    const atEnd = lanes['network']?.final?.trainAccuracy;
    if (atEnd !== undefined && atEnd !== null && Number.isFinite(atEnd))
      found = significant(atEnd, 4);
  }
  return found;
}
