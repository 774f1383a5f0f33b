import { WorkerConnection, WorkerLostError } from './connection';
import { BackendError } from '../backends/errors';
import type { RunSnapshot } from '../run/run';
import type { BackendInfo } from '../backends/backend';
import type { TrainingFrame } from '../run/frame';
import type { SignalFrame } from '../signal/report';
import type { SignalPassSpec } from '../signal/spec';
import type { TrainingSpec } from '../spec/training';
import type {
  EngineService,
  Session,
  SessionOptions,
  SignalPassOptions,
  TrainOptions,
} from './engine';

/** Rest after the last run before WebGL is timed, in milliseconds. */
const idleBeforeCalibration = 4000;

/** How often one run is started again on a fresh worker before it is given up. */
const mostRestarts = 3;

export interface ServiceOptions {
  /** Makes the engine worker: a module worker on the site, a classic one in an embed. */
  createWorker: () => Worker;
  /** Used where the browser allows no worker; runs on the page's own thread. */
  withoutWorker?: () => Promise<EngineService>;
  /** Silence after which a worker with work to do counts as dead, in milliseconds; default 30 000. */
  silence?: number;
  /** Workers at most; default one a processor core, 2 to 8. They start when they are needed. */
  workers?: number;
}

/**
 * The page's engine: sessions over a small pool of workers. Runs on WebGL share the first worker, so
 * that a page holds one GL context; others go to the worker with least to do.
 */
export function createEngineService(options: ServiceOptions): EngineService {
  const cores = typeof navigator === 'undefined' ? 2 : (navigator.hardwareConcurrency ?? 2);
  const parallelism = options.workers ?? Math.max(2, Math.min(8, cores));
  const pool = Array.from(
    { length: parallelism },
    () => new WorkerConnection(options.createWorker, options.silence ?? 30_000),
  );
  const runs = new Map<WorkerConnection, number>(pool.map((connection) => [connection, 0]));
  let substitute: Promise<EngineService> | null = null;

  let calibration: ReturnType<typeof setTimeout> | undefined;
  let calibrated = false;

  /** Times WebGL once, when nothing has been asked of the engine for a while. */
  function calibrateWhenIdle(): void {
    clearTimeout(calibration);
    if (calibrated || [...runs.values()].some((count) => count > 0)) return;
    calibration = setTimeout(() => {
      calibrated = true;
      pool[0]!.request('calibrate', {}).catch(() => {});
    }, idleBeforeCalibration);
  }

  /** The service on the page's own thread, where an error says that no worker can be started. */
  function instead(error: unknown): Promise<EngineService> | null {
    const noWorker = error instanceof BackendError && error.code === 'noWorker';
    if (!noWorker || !options.withoutWorker) return null;
    substitute ??= options.withoutWorker().catch((reason: unknown) => {
      // Without a network neither can be fetched; the next run asks again.
      substitute = null;
      throw reason;
    });
    return substitute;
  }

  /** The worker of a quick session. */
  const quickOne = (quick: number | undefined): WorkerConnection | undefined =>
    quick === undefined ? undefined : pool[quick % pool.length];

  function connectionFor(backend: BackendInfo['backend']): WorkerConnection {
    if (backend === 'webgl') return pool[0]!;
    return pool.reduce((least, candidate) =>
      runs.get(candidate)! < runs.get(least)! ? candidate : least,
    );
  }

  function session(sessionOptions: SessionOptions): Session {
    let closed = false;
    /** What ends the runs under way. */
    const running = new Set<() => void>();
    const { quick } = sessionOptions;
    const wanted = sessionOptions.backend ?? (quick === undefined ? undefined : 'captured');
    let info: Promise<BackendInfo> | null = null;
    const settle = (): Promise<BackendInfo> => {
      info ??= pool[0]!.request('info', { backend: wanted }).catch((error: unknown) => {
        info = null;
        throw error;
      });
      return info;
    };
    const ended = (signal?: AbortSignal): boolean =>
      closed || Boolean(signal?.aborted) || Boolean(sessionOptions.signal?.aborted);

    async function* train(
      lanes: Record<string, TrainingSpec>,
      trainOptions: TrainOptions = {},
    ): AsyncGenerator<TrainingFrame> {
      let backend: BackendInfo;
      try {
        backend = await settled(settle, sessionOptions);
      } catch (error) {
        const service = instead(error);
        if (!service) throw error;
        const local = (await service).session(sessionOptions);
        sessionOptions.onNotice?.(
          'This browser allows no worker here, so the page itself computes.',
        );
        yield* local.train(lanes, trainOptions);
        return;
      }
      // One GL context a page, whatever is asked.
      const quickest = backend.backend === 'webgl' ? undefined : quickOne(quick);
      const connection = quickest ?? connectionFor(backend.backend);
      runs.set(connection, runs.get(connection)! + 1);
      clearTimeout(calibration);
      const start = (snapshot: RunSnapshot | null): Promise<number> =>
        connection.request('start', {
          lanes,
          statistics: trainOptions.statistics ?? [],
          every: trainOptions.every ?? null,
          backend: wanted ?? backend.backend,
          snapshot,
        });
      let run: number | null = null;
      let losses = connection.losses;
      let snapshot: RunSnapshot | null = null;
      let step = -1;
      let restarts = 0;
      const end = (): void => {
        running.delete(end);
        if (run !== null && losses === connection.losses) {
          connection.request('close', { run }).catch(() => {});
        }
        run = null;
      };
      running.add(end);
      try {
        while (!ended(trainOptions.signal)) {
          try {
            if (run !== null && losses !== connection.losses) {
              throw new WorkerLostError('The worker stopped.');
            }
            if (run === null) {
              losses = connection.losses;
              run = await start(snapshot);
              // The page has seen the frames up to `step`; they are computed again, not shown again.
              for (let at = snapshot?.step ?? -1; at < step;) {
                const pace = { steps: step - at, milliseconds: Infinity };
                const { frames } = await connection.request('pull', { run, pace, until: step });
                at = lastStep(frames.at(-1), at);
              }
            }
            const reply = await connection.request('pull', { run, pace: sessionOptions.pace() });
            if (reply.snapshot) snapshot = reply.snapshot;
            for (const sentence of reply.notices) sessionOptions.onNotice?.(sentence);
            step = lastStep(reply.frames.at(-1), step);
            for (const frame of reply.frames) {
              if (ended(trainOptions.signal)) return;
              yield frame;
            }
            if (reply.done) return;
          } catch (error) {
            if (!(error instanceof WorkerLostError) || ended(trainOptions.signal)) throw error;
            if (++restarts > mostRestarts) {
              throw new BackendError(
                `${error.message} It was started again ${mostRestarts} times.`,
                'unfit',
              );
            }
            run = null;
            sessionOptions.onNotice?.(`${error.message} The run goes on in a fresh worker.`);
          }
        }
      } finally {
        runs.set(connection, runs.get(connection)! - 1);
        calibrateWhenIdle();
        end();
      }
    }

    return {
      info: async () => {
        try {
          return await settled(settle, sessionOptions);
        } catch (error) {
          const service = instead(error);
          if (!service) throw error;
          return (await service).session(sessionOptions).info();
        }
      },
      train,
      close: () => {
        closed = true;
        for (const end of running) end();
      },
    };
  }

  async function* signalPass(
    spec: SignalPassSpec,
    passOptions: SignalPassOptions = {},
  ): AsyncGenerator<SignalFrame> {
    const { backend, signal, onNotice } = passOptions;
    const connection = connectionFor(backend ?? 'wasm');
    runs.set(connection, runs.get(connection)! + 1);
    clearTimeout(calibration);
    let pass: number | null = null;
    let losses = connection.losses;
    let shown = 0;
    let restarts = 0;
    try {
      while (!signal?.aborted) {
        try {
          if (pass !== null && losses !== connection.losses) {
            throw new WorkerLostError('The worker stopped.');
          }
          if (pass === null) {
            losses = connection.losses;
            pass = await connection.request('startSignal', { spec, backend });
            // The page has seen these layers; they are computed again, not shown again.
            for (let layer = 0; layer < shown; layer++) {
              await connection.request('pullSignal', { pass });
            }
          }
          const { frame, done } = await connection.request('pullSignal', { pass });
          shown++;
          yield frame;
          if (done) return;
        } catch (error) {
          const service = shown === 0 ? instead(error) : null;
          if (service) {
            yield* (await service).signalPass(spec, passOptions);
            return;
          }
          if (!(error instanceof WorkerLostError) || signal?.aborted) throw error;
          if (++restarts > mostRestarts) {
            throw new BackendError(
              `${error.message} It was started again ${mostRestarts} times.`,
              'unfit',
            );
          }
          pass = null;
          onNotice?.(`${error.message} The pass goes on in a fresh worker.`);
        }
      }
    } finally {
      runs.set(connection, runs.get(connection)! - 1);
      calibrateWhenIdle();
      if (pass !== null && losses === connection.losses) {
        connection.request('closeSignal', { pass }).catch(() => {});
      }
    }
  }

  return {
    session,
    signalPass,
    backends: async () => {
      try {
        return await pool[0]!.request('availability', {});
      } catch (error) {
        const service = instead(error);
        if (!service) throw error;
        return (await service).backends();
      }
    },
    check: async (cases, backend) => {
      try {
        return await pool[0]!.request('check', { cases, backend });
      } catch (error) {
        const service = instead(error);
        if (!service) throw error;
        return (await service).check(cases, backend);
      }
    },
    program: async (spec, programOptions = {}) => {
      try {
        return await pool[0]!.request('program', { spec, rounds: programOptions.rounds ?? 0 });
      } catch (error) {
        const service = instead(error);
        if (!service) throw error;
        return (await service).program(spec, programOptions);
      }
    },
    prepare: async (lanes, { statistics = [], worker = 0 } = {}) => {
      try {
        await quickOne(worker)!.request('prepare', { lanes, statistics });
      } catch (error) {
        const service = instead(error);
        if (!service) throw error;
        await (await service).prepare(lanes, { statistics });
      }
    },
    parallelism,
    close: () => {
      clearTimeout(calibration);
      for (const connection of pool) connection.terminate();
    },
  };
}

/** The backend's description; asked again once where the worker died over the question. */
async function settled(
  settle: () => Promise<BackendInfo>,
  { onNotice }: SessionOptions,
): Promise<BackendInfo> {
  try {
    return await settle();
  } catch (error) {
    if (!(error instanceof WorkerLostError)) throw error;
    onNotice?.(`${error.message} A fresh worker was started.`);
    return settle();
  }
}

/** The step a frame reports: the furthest of its lanes. */
function lastStep(frame: TrainingFrame | undefined, otherwise: number): number {
  const steps = Object.values(frame?.lanes ?? {}).map((lane) => lane.step);
  return steps.length === 0 ? otherwise : Math.max(...steps);
}
