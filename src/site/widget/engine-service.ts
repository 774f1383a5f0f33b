import type { EngineService, TrainingSpec } from '../../engine/types';

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

/** A small network on the data of most figures: one step of it loads and compiles what a run needs. */
const warmUp: TrainingSpec = {
  network: {
    kind: 'mlp',
    depth: 2,
    width: 8,
    activation: 'sigmoid',
    initializer: { kind: 'leCunNormal' },
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'momentum', learningRate: 0.01 },
  batchSize: 8,
  steps: 1,
  seed: 0,
};

let warm = false;

/** Readies the engine when a reader is about to run something, so that the first frame comes at once. */
export function warmEngine(): void {
  if (warm) return;
  warm = true;
  engineService()
    .then(async (engine) => {
      const session = engine.session({ pace: () => ({ steps: 1, milliseconds: 1 }) });
      for await (const _ of session.train({ warmUp }));
      session.close();
    })
    .catch(() => {
      // What is wrong is said when the reader presses Run.
      warm = false;
    });
}
