import { digitsSize, type TrainingSpec } from '../../engine/types';
import { digits, lossOf, startFor } from '../../kit/training/specs';
import type { NoiseSettings } from './params';

/** Examples of the training part. */
export const ALL = digitsSize.train;

/** The sizes of batches that are drawn. */
export const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/**
 * A network that looks at batch after batch and stays as it was drawn: its learning rate is 0. So every step
 * gives the gradient of another batch, drawn without replacement, at the same weights.
 */
export function specOf(
  { depth, width, activation, loss, weightScale, seed }: NoiseSettings,
  batchSize: number,
  batches: number,
): TrainingSpec {
  return digits(
    {
      ...{ depth, width, activation },
      initializer: startFor(activation, weightScale),
      optimizer: { kind: 'sgd', learningRate: 0 },
      loss: lossOf(loss),
    },
    { batchSize, steps: batches - 1, seed },
  );
}

/** How many batches of a size are looked at; of one example each, all that there are. */
export const batchesOf = (size: number, { draws }: Pick<NoiseSettings, 'draws'>): number =>
  size === 1 ? ALL : draws;
