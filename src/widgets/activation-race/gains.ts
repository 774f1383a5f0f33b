import { nextVariance } from '../../engine/closedForms';
import type { ActivationName } from '../../engine/types';
import { significant } from '../../kit/significant';

/**
 * The gain with which E[φ(z)²] · gain² = 1 for z ~ N(0, 1): a wide layer then hands on
 * pre-activations of variance 1 (He et al. 2015 for ReLU, where it is √2).
 */
export const variancePreservingGain = (name: ActivationName): number =>
  1 / Math.sqrt(nextVariance(name, 1, 0, 1));

/**
 * Functions whose weights have gain 1: tanh because its slope at 0 is 1, so that small signals keep
 * their size; sigmoid and softplus because it is the usual choice, and no gain makes them both
 * stable and sensitive while their mean is far from 0; linear because it is exact there.
 */
const UNIT_GAIN: readonly ActivationName[] = ['linear', 'sigmoid', 'tanh', 'softplus'];

/** The gain that a function starts with in the race, to four digits. */
export const gainOf = (name: ActivationName): number =>
  UNIT_GAIN.includes(name) ? 1 : significant(variancePreservingGain(name), 4);
