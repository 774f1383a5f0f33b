import type { TrainingSpec } from '../../engine/types';
import { digits, lossOf, startFor } from '../../kit/training/specs';
import type { GridSettings } from './params';

/** Hidden layers, from the lowest row up. */
export const DEPTHS = [1, 2, 4, 6, 8, 10];

/** Batch sizes: powers of three, so that the columns are as far apart. */
export const BATCHES = [1, 3, 9, 27, 81, 243];

/** The batch size whose learning rate is the one that is set. */
const REFERENCE = 27;

/** Learning rates, from which a cell's is taken. */
export const RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

/** What lies from left to right. */
export const columnsOf = ({ columns }: Pick<GridSettings, 'columns'>): number[] =>
  columns === 'batch' ? BATCHES : RATES;

/** Batch size and learning rate of a column. */
export function cellOf(
  { columns, scaling, learningRate, batchSize }: GridSettings,
  column: number,
): { batchSize: number; learningRate: number } {
  if (columns === 'rate') return { batchSize, learningRate: RATES[column]! };
  const size = BATCHES[column]!;
  const factor = { fixed: 1, root: Math.sqrt(size / REFERENCE), linear: size / REFERENCE };
  return { batchSize: size, learningRate: learningRate * factor[scaling] };
}

/** One network: of a depth, by its row, in a column, from a seed. Plain gradient descent. */
export function specOf(
  settings: GridSettings,
  row: number,
  column: number,
  seed: number,
): TrainingSpec {
  const { loss, weightScale, width, steps } = settings;
  const { batchSize, learningRate } = cellOf(settings, column);
  return digits(
    {
      ...{ depth: DEPTHS[row]!, width, activation: 'relu' },
      initializer: startFor('relu', weightScale),
      loss: lossOf(loss),
      optimizer: { kind: 'sgd', learningRate },
    },
    { batchSize, steps, seed },
  );
}
