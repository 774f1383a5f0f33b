import {
  activationDerivative,
  activationValue,
  gaussianMean,
  isSaturated,
} from '../../engine/closedForms';
import { derivations, disagreement } from './derivations';
import type { ExplorerSettings } from './params';

/** One function at one z, and over z ~ N(0, 1). */
export interface Explored {
  /** h = φ(z). */
  activation: number;
  /** φ′(z), the local gradient. */
  activationGradient: number;
  /** ∂L/∂z = φ′(z) · ∂L/∂h. */
  downstream: number;
  saturated: boolean;
  /** Mean and variance of h for z ~ N(0, 1). */
  mean: number;
  variance: number;
  /** σ_w with σ_w² E[h²] = 1: what keeps the variance of the pre-activations at 1. */
  gain: number;
  /**
   * χ = σ_w² E[φ′(z)²] with that gain: by what a layer multiplies the mean square of a gradient
   * (Schoenholz et al. 2017, eq. 5, at q = 1).
   */
  chi: number;
  /**
   * V′(1) for V(q) = σ_w² E[φ(√q z)²], by which a layer multiplies a small error of that variance;
   * d/dq φ(√q z)² at q = 1 is zφφ′, so it is σ_w² E[z φ(z) φ′(z)].
   */
  varianceSlope: number;
  /** The largest difference between two lines of its derivations at this z. */
  disagreement: number;
}

/** φ, φ′ and what they make of a gradient, from the engine's closed forms. */
export function explore({ activation: name, z, upstream }: ExplorerSettings): Explored {
  const activationGradient = activationDerivative(name, z);
  const mean = gaussianMean((x) => activationValue(name, x));
  const square = gaussianMean((x) => activationValue(name, x) ** 2);
  const product = gaussianMean((x) => x * activationValue(name, x) * activationDerivative(name, x));
  return {
    activation: activationValue(name, z),
    activationGradient,
    downstream: upstream * activationGradient,
    saturated: isSaturated(name, z),
    mean,
    variance: gaussianMean((x) => (activationValue(name, x) - mean) ** 2),
    gain: 1 / Math.sqrt(square),
    chi: gaussianMean((x) => activationDerivative(name, x) ** 2) / square,
    varianceSlope: product / square,
    disagreement: Math.max(...derivations[name].map((one) => disagreement(one, z))),
  };
}

/**
 * The condition number of E[hhᵀ] for n independent inputs h = φ(z) with mean m and variance v: the
 * matrix is v·I + m²·11ᵀ, so its largest eigenvalue is v + nm², all others are v (LeCun et al. 1998).
 * Gradient descent on a linear unit's squared error is the slower, the larger it is.
 */
export const conditionNumber = (inputs: number, { mean, variance }: Explored): number =>
  1 + (inputs * mean ** 2) / variance;
