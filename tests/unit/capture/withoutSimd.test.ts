/** A browser whose WebAssembly has no vector instructions, or that has no WebAssembly at all. */
import { afterEach, expect, it, vi } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { replayObstacle } from '../../../src/engine/capture/index.ts';
import type { BackendName, TrainingSpec } from '../../../src/engine/types';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const spec: TrainingSpec = {
  network: {
    kind: 'mlp',
    depth: 2,
    width: 8,
    activation: 'tanh',
    initializer: { kind: 'leCunNormal' },
  },
  task: { kind: 'twoSpirals' },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 16,
  steps: 10,
  seed: 1,
};

async function train(backend?: BackendName) {
  const service = createLocalEngineService();
  const session = service.session({
    ...(backend ? { backend } : {}),
    pace: () => ({ steps: 10, milliseconds: 1e6 }),
  });
  let steps = 0;
  for await (const { lanes } of session.train({ lane: spec }))
    steps += lanes['lane']!.losses.length;
  const info = await session.info();
  service.close();
  return { steps, info };
}

it('trains on another backend where WebAssembly has no SIMD, and says so', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect(replayObstacle()).toMatch(/no SIMD/);
  const { steps, info } = await train('captured');
  expect(steps).toBe(11);
  // The WebAssembly of tfjs, too, is used with vector instructions only.
  expect(info.backend).toBe('cpu');
  expect(info.notes.join(' ')).toMatch(
    /WebAssembly has no SIMD.* The captured program was asked for; another backend runs instead\./,
  );
  expect((await train()).info.notes).toEqual([
    expect.stringMatching(/has no SIMD.* JavaScript runs instead\.$/),
  ]);
});

it('trains in JavaScript where there is no WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  const { steps, info } = await train('captured');
  expect(steps).toBe(11);
  expect(info.backend).toBe('cpu');
  expect(info.notes.join(' ')).toMatch(/This browser has no WebAssembly/);
});
