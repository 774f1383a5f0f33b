import { describe, expect, test } from 'vitest';
import type { BackendName, NonFinite, TrainingSpec } from '../../../src/engine/types';
import { framesOf, lossesOf, small } from './backend';

const network = (changes: object): TrainingSpec['network'] => ({
  kind: 'mlp',
  depth: 4,
  width: 16,
  activation: 'linear',
  initializer: { kind: 'normal', std: 1000 },
  ...changes,
});

/** Overflows that leave every loss of the run finite. */
const hidden: Record<string, [TrainingSpec, Omit<NonFinite, 'value' | 'step'>]> = {
  'the square of a gradient in Adam, after which no weight moves': [
    {
      ...small,
      network: network({}),
      task: { kind: 'linearRegression' },
      optimizer: { kind: 'adam', learningRate: 0.01 },
      steps: 50,
    },
    { phase: 'update', tensor: 'W1.secondMoment', layer: 1 },
  ],
  'the square of a gradient in RMSProp': [
    {
      ...small,
      network: network({}),
      task: { kind: 'linearRegression' },
      optimizer: { kind: 'rmsprop', learningRate: 0.01 },
      steps: 50,
    },
    { phase: 'update', tensor: 'W1.secondMoment', layer: 1 },
  ],
  'a gradient that is limited to a value, at a step that ends no frame': [
    {
      ...small,
      // Signals go down to 1e-38 and up again, gradients only up, in some batches too far.
      network: network({
        initializer: { kind: 'normal', std: 1.5e12 },
        firstInitializer: { kind: 'normal', std: 1e-38 },
      }),
      optimizer: { kind: 'sgd', learningRate: 1e-30 },
      clip: { kind: 'value', maxValue: 1 },
      batchSize: 1,
      steps: 60,
    },
    { phase: 'gradient', tensor: 'gradient of W1', layer: 1 },
  ],
  'the variance of a batch, by which batch norm divides': [
    {
      ...small,
      network: network({
        batchNorm: true,
        initializer: { kind: 'leCunNormal' },
        firstInitializer: { kind: 'normal', std: 1e20 },
      }),
      steps: 50,
    },
    { phase: 'update', tensor: 'runningVariance1', layer: 1 },
  ],
};

describe('an overflow that the loss does not show is found where it happens', () => {
  const backends: BackendName[] = ['cpu', 'wasm', 'captured'];
  test.each(Object.entries(hidden))('%s', async (_name, [spec, place]) => {
    for (const backend of backends) {
      const [slow, fast] = [
        await framesOf(spec, { backend, steps: 1 }),
        await framesOf(spec, { backend, steps: 50 }),
      ];
      const found = slow.at(-1)!.firstNonFinite!;
      expect(found).toMatchObject(place);
      expect(fast.at(-1)!.firstNonFinite).toEqual(found);
      expect(lossesOf(fast)).toEqual(lossesOf(slow));
      expect(lossesOf(fast)).toHaveLength(found.step + 1);
      expect(lossesOf(fast).every(Number.isFinite)).toBe(true);
      // The frame of step 0 is there whatever the pace: a clipped gradient must be missed there.
      expect(found.step > 0).toBe(spec.clip !== undefined);
    }
  });
});

test('limits on values change no finite gradient', async () => {
  const clip = { kind: 'value', maxValue: 1e30 } as const;
  const [free, limited] = [await framesOf(small), await framesOf({ ...small, clip })];
  expect(lossesOf(limited)).toEqual(lossesOf(free));
});
