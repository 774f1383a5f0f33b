import type { MlpSpec, TrainingSpec } from '../../engine/types';
import type { Role } from '../../kit/charts/spec';
import { digits, startFor } from '../../kit/training/specs';
import type { RatesSettings } from './params';

/** The learning rates that are tried. */
export const RATES = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

interface Tried {
  name: string;
  label: string;
  /** In as few letters as a map has room for. */
  short: string;
  role: Role;
  norm: Partial<MlpSpec>;
}

/** What is tried at every rate, in the order of the rows. */
export const NORMS: Tried[] = [
  { name: 'none', label: 'No norm', short: 'none', role: 'problem', norm: {} },
  { name: 'batch', label: 'Batch norm', short: 'batch', role: 'cure', norm: { batchNorm: true } },
  { name: 'layer', label: 'Layer norm', short: 'layer', role: 'accent', norm: { layerNorm: true } },
  { name: 'rms', label: 'RMS norm', short: 'RMS', role: 'control', norm: { rmsNorm: true } },
];

/** One network: of a norm, by its row, at a rate, by its column, from a seed. Plain gradient descent. */
export function specOf(
  { activation, depth, width, batchSize, steps }: RatesSettings,
  row: number,
  column: number,
  seed: number,
): TrainingSpec {
  return digits(
    {
      ...{ depth, width, activation },
      initializer: startFor(activation),
      ...NORMS[row]!.norm,
      optimizer: { kind: 'sgd', learningRate: RATES[column]! },
    },
    { batchSize, steps, seed },
  );
}
