import type { ResolvedSpec } from './resolved';
import type { TaskShape } from './tasks';
import { oneUnitTimeSteps } from './training';

/** Most bytes that one training step may need: WebAssembly memory beyond 1 GB is refused by many devices. */
export const mostBytes = 2 ** 30;

/** Tensors [batch, hiddenSize] of one time step that the backward pass or a frame's statistics read. */
const keptByCell = { rnn: 2, gruResetBefore: 5, gruResetAfter: 5, lstm: 7 } as const;

/**
 * The bytes in float32 that a training step holds at the same time on every backend, at least: the
 * batch, what the backward pass reads again, the signal gradients that a frame reports, and for each
 * of the `parameters` the old and the new value and the gradient.
 */
export function leastBytes(
  { network, batchSize }: ResolvedSpec,
  { inputSize, outputSize, length }: TaskShape,
  parameters: number,
): number {
  const times = length ?? 1;
  const batch = batchSize * (times * inputSize + outputSize + kept(network, times, outputSize));
  return Float32Array.BYTES_PER_ELEMENT * (batch + 3 * parameters);
}

/** Floats that one row leaves for the backward pass and the frame. */
function kept(network: ResolvedSpec['network'], times: number, outputSize: number): number {
  switch (network.kind) {
    case 'mlp':
      // Noise is a scale and a shift of each pre-activation.
      return (network.preActivationNoise ? 4 : 2) * network.depth * network.width;
    case 'recurrent':
      return times * keptByCell[network.cell] * network.hiddenSize;
    case 'oneUnit':
      return 2 * oneUnitTimeSteps * outputSize;
  }
}
