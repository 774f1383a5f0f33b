/** Whatever keeps a step from being captured, the lane trains eagerly and says what it was. */
import { afterEach, expect, it, vi } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import { kernels } from '../../../src/engine/capture/kernels.ts';
import { CaptureError } from '../../../src/engine/capture/errors.ts';
import type { BackendName, TrainingSpec } from '../../../src/engine/types';

afterEach(() => vi.restoreAllMocks());

const spec: TrainingSpec = {
  network: {
    kind: 'mlp',
    depth: 2,
    width: 8,
    activation: 'softplus',
    initializer: { kind: 'leCunNormal' },
  },
  task: { kind: 'twoSpirals' },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 16,
  steps: 6,
  seed: 1,
};

async function train(backend: BackendName) {
  const service = createLocalEngineService();
  const notices: string[] = [];
  const session = service.session({
    backend,
    pace: () => ({ steps: 3, milliseconds: 1e6 }),
    onNotice: (sentence) => notices.push(sentence),
  });
  const losses: number[] = [];
  let final: unknown = null;
  for await (const { lanes } of session.train({ lane: spec })) {
    losses.push(...lanes['lane']!.losses);
    final = lanes['lane']!.final;
  }
  service.close();
  return { losses, final, notices };
}

it('trains eagerly where an attribute of a known kernel cannot be captured', async () => {
  vi.spyOn(kernels, 'Softplus').mockImplementation(() => {
    throw new CaptureError('A softplus of this kind cannot be captured.');
  });
  const { losses, final, notices } = await train('captured');
  expect(notices).toEqual([
    'A softplus of this kind cannot be captured. This network therefore trains with plain tfjs, more slowly.',
  ]);
  const eager = await train('wasm');
  expect(losses).toEqual(eager.losses);
  expect(final).toEqual(eager.final);
});
