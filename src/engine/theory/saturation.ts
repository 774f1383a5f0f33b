import type { ActivationName } from '../spec/training';
import { activations } from './activations';

/**
 * A unit counts as saturated on a row where |φ′(z)| is below this share of its largest value; for
 * tanh that is |h| > 0.95, for sigmoid h outside [0.025, 0.975].
 */
export const saturationThreshold = 1 - 0.95 ** 2;

/** Whether a unit with this pre-activation is saturated. */
export function isSaturated(name: ActivationName, z: number): boolean {
  const { derivative, steepest } = activations[name];
  return Math.abs(derivative(z)) < saturationThreshold * steepest;
}
