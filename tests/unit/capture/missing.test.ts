/** A step with a kernel that programs lack runs eagerly, and the reader is told which kernel it was. */
import { expect, it, vi } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import type * as Kernels from '../../../src/engine/capture/kernels.ts';
import type { TrainingSpec } from '../../../src/engine/types';

// As if the program format had no word for tanh.
vi.mock('../../../src/engine/capture/kernels.ts', async (original) => {
  const real = await original<typeof Kernels>();
  const kernels = Object.fromEntries(
    Object.entries(real.kernels).filter(([name]) => name !== 'Tanh'),
  );
  return { ...real, kernels };
});

const spec = (activation: 'tanh' | 'relu'): TrainingSpec => ({
  network: { kind: 'mlp', depth: 2, width: 8, activation, initializer: { kind: 'leCunNormal' } },
  task: { kind: 'twoSpirals' },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 16,
  steps: 12,
  seed: 1,
});

async function train(service: ReturnType<typeof createLocalEngineService>, given: TrainingSpec) {
  const notices: string[] = [];
  const session = service.session({
    backend: 'captured',
    pace: () => ({ steps: 6, milliseconds: 1e6 }),
    onNotice: (sentence) => notices.push(sentence),
  });
  const losses: number[] = [];
  for await (const { lanes } of session.train({ lane: given }))
    losses.push(...lanes['lane']!.losses);
  return { losses, notices };
}

it('trains eagerly to the end, and names the kernel once', async () => {
  const service = createLocalEngineService();
  const { losses, notices } = await train(service, spec('tanh'));
  expect(notices).toEqual([
    'The kernel Tanh cannot be captured yet. This network therefore trains with plain tfjs, more slowly.',
  ]);
  const eager = createLocalEngineService('wasm');
  const session = eager.session({ pace: () => ({ steps: 6, milliseconds: 1e6 }) });
  const expected: number[] = [];
  for await (const { lanes } of session.train({ lane: spec('tanh') }))
    expected.push(...lanes['lane']!.losses);
  expect(losses).toHaveLength(13);
  expect(losses).toEqual(expected);
  eager.close();
  service.close();
});

it('says nothing of a network beside it that has no such kernel', async () => {
  const service = createLocalEngineService();
  await train(service, spec('tanh'));
  expect((await train(service, spec('relu'))).notices).toEqual([]);
  service.close();
});

it('refuses to describe the program of such a step, with the kernel’s name', async () => {
  const service = createLocalEngineService();
  await expect(service.program(spec('tanh'))).rejects.toThrow(
    'The kernel Tanh cannot be captured yet.',
  );
  service.close();
});
