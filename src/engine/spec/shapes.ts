import type { ResolvedNetwork, ResolvedSpec } from './resolved';
import type { TaskShape } from './tasks';

/** Whether a network has an output at every time step, not one at the end alone. */
export const isReadEveryTime = (network: ResolvedNetwork): boolean =>
  network.kind === 'recurrent' && network.readout === 'every';

/** The shape of some rows' inputs: [rows, inputSize], or [length, rows, inputSize] of a task with time. */
export const inputShape = ({ length, inputSize }: TaskShape, rows: number): number[] =>
  length === null ? [rows, inputSize] : [length, rows, inputSize];

/** The shape of a batch's outputs and targets: [batchSize, outputSize], or [length, batchSize, outputSize]. */
export const outputShape = (
  { network, batchSize }: Pick<ResolvedSpec, 'network' | 'batchSize'>,
  { length, outputSize }: TaskShape,
): number[] => [...(isReadEveryTime(network) ? [length!] : []), batchSize, outputSize];
