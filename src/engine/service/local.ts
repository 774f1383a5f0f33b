import type { Platform } from './records';
import { EngineHost } from './host';
import type { BackendInfo, BackendName } from '../backends/backend';
import type {
  EngineService,
  Session,
  SessionOptions,
  SignalPassOptions,
  TrainOptions,
} from './engine';
import type { SignalFrame } from '../signal/report';
import type { SignalPassSpec } from '../signal/spec';
import type { TrainingFrame } from '../run/frame';
import type { TrainingSpec } from '../spec/training';

/** Lets timers and input be heard, in a page. */
const afterTimers = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * An engine on the calling thread: for Node, and for pages where no worker is allowed. `breathe` lets the thread
 * hear what else there is between two frames.
 */
export function createLocalService(
  platform: Platform,
  backend?: BackendName,
  breathe: () => Promise<void> = afterTimers,
): EngineService {
  const host = new EngineHost(platform, breathe);

  function session(options: SessionOptions): Session {
    const wanted =
      options.backend ?? backend ?? (options.quick === undefined ? undefined : 'captured');
    let closed = false;
    let info: Promise<BackendInfo> | null = null;
    const ended = (signal?: AbortSignal): boolean =>
      closed || Boolean(signal?.aborted) || Boolean(options.signal?.aborted);

    async function* train(
      lanes: Record<string, TrainingSpec>,
      { signal, statistics = [], every }: TrainOptions = {},
    ): AsyncGenerator<TrainingFrame> {
      const run = await host.start({
        lanes,
        statistics,
        every: every ?? null,
        backend: wanted,
        snapshot: null,
      });
      try {
        while (!ended(signal)) {
          const { frames, done, notices } = await host.pull(run, options.pace());
          for (const sentence of notices) options.onNotice?.(sentence);
          for (const frame of frames) {
            if (ended(signal)) return;
            yield frame;
          }
          if (done) return;
          await breathe();
        }
      } finally {
        await host.close(run);
      }
    }

    return {
      info: () => (info ??= host.info(wanted)),
      train,
      close: () => {
        closed = true;
      },
    };
  }

  async function* signalPass(
    spec: SignalPassSpec,
    { backend: wanted = backend, signal }: SignalPassOptions = {},
  ): AsyncGenerator<SignalFrame> {
    const pass = await host.startSignal(spec, wanted);
    try {
      while (!signal?.aborted) {
        const { frame, done } = await host.pullSignal(pass);
        yield frame;
        if (done) return;
        await breathe();
      }
    } finally {
      await host.closeSignal(pass);
    }
  }

  return {
    session,
    signalPass,
    backends: () => host.availability(),
    check: (cases, name) => host.check(cases, name),
    program: async (spec, { rounds = 0 } = {}) => host.program(spec, rounds),
    prepare: (lanes, { statistics = [] } = {}) => host.prepare({ lanes, statistics }),
    parallelism: 1,
    close: () => {},
  };
}
