import type { ActivationName } from '../types';
import { activationDerivative } from './activations';

/**
 * A unit counts as saturated on a row where |φ′(z)| is below this share of its largest value; for
 * tanh that is |h| > 0.95, for sigmoid h outside [0.025, 0.975].
 */
export const saturationThreshold = 1 - 0.95 ** 2;

/** max |φ′| of each activation function. */
export const steepest: Record<ActivationName, number> = {
  linear: 1,
  sigmoid: 0.25,
  tanh: 1,
  relu: 1,
  leakyRelu: 1,
  elu: 1,
  selu: 1.7580993408473766,
  gelu: 1.1289,
  geluTanh: 1.129,
  silu: 1.0998,
  softplus: 1,
};

/** Whether a unit with this pre-activation is saturated. */
export const isSaturated = (name: ActivationName, z: number): boolean =>
  Math.abs(activationDerivative(name, z)) < saturationThreshold * steepest[name];
