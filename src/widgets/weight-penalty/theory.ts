import type { TrainingSpec } from '../../engine/types';

/**
 * The factor that the penalty alone leaves of every recurrent weight per step, 1 − ηλ_w; null where there is none
 * or where it is no factor: L1 takes the same amount from each weight, and in momentum and Adam an L2 penalty
 * passes through what the optimizer makes of gradients.
 */
export function keptPerStep({ optimizer, penalty }: TrainingSpec): number | null {
  if (penalty === undefined) return null;
  const { l2 = 0, weightDecay = 0 } = penalty;
  const strength = optimizer.kind === 'sgd' ? l2 + weightDecay : weightDecay;
  return strength === 0 ? null : 1 - optimizer.learningRate * strength;
}

/** What is left after so many steps of what the penalty alone acts on, from `start` on: start·|1 − ηλ_w|ᵏ. */
export const decayed = (start: number, kept: number, steps: readonly number[]): number[] =>
  steps.map((k) => start * Math.abs(kept) ** k);
