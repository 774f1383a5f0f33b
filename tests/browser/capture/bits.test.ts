/** Captured programs carry their own exp, tanh, log and cos: the same bits in a browser as in Node. */
import { beforeAll, expect, it } from 'vitest';
import { createLocalService } from '../../../src/engine/service/local';
import { wasmLocation } from '../../../src/engine/backends/wasmLocation.browser';
import { fingerprints } from '../../unit/capture/bits.ts';
import { expectedBits } from '../../unit/capture/expectedBits.ts';
import { useCpu } from '../../unit/capture/steps.ts';

beforeAll(useCpu);

it('computes the bits recorded in Node', async () => {
  expect(await fingerprints()).toEqual(expectedBits);
});

it('trains on captured programs when asked to', async () => {
  const service = createLocalService({ wasmLocation }, 'captured');
  const session = service.session({ pace: () => ({ steps: 10, milliseconds: 1e6 }) });
  expect((await session.info()).backend).toBe('captured');
  const losses: number[] = [];
  const spec = {
    network: {
      kind: 'mlp',
      depth: 3,
      width: 12,
      activation: 'gelu',
      initializer: { kind: 'heNormal' },
    },
    task: { kind: 'twoSpirals' },
    optimizer: { kind: 'adam', learningRate: 0.01 },
    batchSize: 32,
    steps: 40,
    seed: 2,
  } as const;
  for await (const { lanes } of session.train({ lane: spec }))
    losses.push(...lanes['lane']!.losses);
  expect(losses.length).toBe(41);
  expect(losses.at(-1)!).toBeLessThan(losses[0]!);
  service.close();
});
