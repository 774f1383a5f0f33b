import type { EngineService } from '../../engine/types';

let service: Promise<EngineService> | null = null;

/** The page's one engine; its code and its workers are loaded by the first call. */
export function engineService(): Promise<EngineService> {
  service ??= load().catch((reason: unknown) => {
    service = null;
    throw reason;
  });
  return service;
}

async function load(): Promise<EngineService> {
  const { createEngineService } = await import('../../engine/client');
  return createEngineService({
    createWorker: () =>
      new Worker(new URL('../../engine/engine.worker.ts', import.meta.url), { type: 'module' }),
    withoutWorker: async () => (await import('../../engine/withoutWorker')).createPageService(),
  });
}

let warm = false;

/** Loads the engine and settles its backend when a reader is about to run something. */
export function warmEngine(): void {
  if (warm) return;
  warm = true;
  engineService()
    .then(async (engine) => {
      const session = engine.session({ pace: () => ({ steps: 1, milliseconds: 1 }) });
      await session.info();
      session.close();
    })
    .catch(() => {
      // What is wrong is said when the reader presses Run.
      warm = false;
    });
}
