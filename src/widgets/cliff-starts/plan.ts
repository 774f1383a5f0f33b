import type { TrainingSpec } from '../../engine/types';
import type { StartsSettings } from './params';

/** A descent is looked at each time after so many steps. */
export const EVERY = 10;

/** Thresholds of the norm at which all starts descend. */
export const THRESHOLDS = [0.01, 0.1, 0.5, 3, 30];

/** The middle of the starts, and how far they lie from it. */
export const BOXES = {
  near: { weight: 4.9, bias: -2.2, weightSpread: 0.5, biasSpread: 0.4 },
  far: { weight: 6.3, bias: -3, weightSpread: 0.3, biasSpread: 0.4 },
} as const;

/** All starts as one training, clipped to a norm or (null) not at all. */
export const specOf = (
  { where, learningRate, starts, steps, seed }: StartsSettings,
  maxNorm: number | null,
): TrainingSpec => ({
  network: { kind: 'oneUnit', ...BOXES[where] },
  task: { kind: 'cliff', starts },
  // Summed, each error has the gradient that it has alone.
  loss: { kind: 'meanSquaredError', reduction: 'sum' },
  optimizer: { kind: 'sgd', learningRate },
  ...(maxNorm !== null && { clip: { kind: 'globalNorm', maxNorm } }),
  batchSize: 1,
  steps,
  seed,
});
