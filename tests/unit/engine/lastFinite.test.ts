import { describe, expect, test } from 'vitest';
import type { BackendName, LaneFrame, TrainingSpec } from '../../../src/engine/types';
import { framesOf, lossesOf, small } from './backend';

/** Gradient descent far above its critical rate: the loss grows by a constant factor until it overflows. */
const exploding: TrainingSpec = {
  ...small,
  task: { kind: 'linearRegression' },
  steps: 500,
  network: {
    kind: 'mlp',
    depth: 0,
    width: 8,
    activation: 'linear',
    initializer: { kind: 'zeros' },
  },
  optimizer: { kind: 'sgd', learningRate: 0.5 },
};

describe('the frames before a break', () => {
  const backends: BackendName[] = ['cpu', 'wasm', 'captured'];
  test.each(backends)('are the last 16 steps, as a slow run on %s shows them', async (backend) => {
    const [slow, fast] = [
      await framesOf(exploding, { backend, steps: 1 }),
      await framesOf(exploding, { backend, steps: 500 }),
    ];
    expect(fast).toHaveLength(2);
    const { step, lastFinite, losses, firstNonFinite } = fast[1]!;
    expect(firstNonFinite?.step).toBe(step);
    expect(step).toBeGreaterThan(17);
    expect(lossesOf(fast)).toEqual(lossesOf(slow));
    expect(losses).toHaveLength(step);
    expect(lastFinite).toHaveLength(16);
    const withoutLosses = (frame: LaneFrame) => ({ ...frame, losses: [], accuracies: [] });
    expect(lastFinite).toEqual(slow.slice(step - 16, step).map(withoutLosses));
    expect(lastFinite!.every(({ globalNorm }) => Number.isFinite(globalNorm))).toBe(true);
  });

  test('are none where the frame before ends at the step before', async () => {
    const slow = await framesOf(exploding, { steps: 1 });
    expect(slow.at(-1)!.lastFinite).toEqual([]);
  });
});
