import type { ActivationName } from '../spec/training';
import { activationDerivative, activationValue } from './activations';

/** Five-point Gauss–Legendre rule on [−1, 1]. */
const nodes = [0, 0.5384693101056831, -0.5384693101056831, 0.906179845938664, -0.906179845938664];
const weights = [
  0.5688888888888889, 0.47862867049936647, 0.47862867049936647, 0.23692688505618908,
  0.23692688505618908,
];
const reach = 10;
const panels = 40;

/** Points and weights of ∫ f(z) N(z; 0, 1) dz on panels that meet at 0, where ReLU has its kink. */
const rule = Array.from({ length: 2 * panels }, (_, panel) => {
  const half = reach / panels / 2;
  const center = -reach + (2 * panel + 1) * half;
  return nodes.map((node, i) => {
    const z = center + half * node;
    return { z, weight: (weights[i]! * half * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI) };
  });
}).flat();

/** E f(z) for z ~ N(0, 1). */
export function gaussianMean(f: (z: number) => number): number {
  let total = 0;
  for (const { z, weight } of rule) total += weight * f(z);
  return total;
}

/**
 * The variance of the next layer's pre-activation in a wide network whose weights have variance
 * σ_w²/fanIn and whose biases have variance σ_b²: σ_w² E φ(√q z)² + σ_b² (Poole et al. 2016, eq. 3).
 */
export function nextVariance(
  name: ActivationName,
  sigmaW: number,
  sigmaB: number,
  q: number,
): number {
  const root = Math.sqrt(q);
  return sigmaW ** 2 * gaussianMean((z) => activationValue(name, root * z) ** 2) + sigmaB ** 2;
}

/**
 * χ = σ_w² E φ′(√q z)²: the factor by which a layer multiplies the mean square of a
 * back-propagated gradient (Schoenholz et al. 2017, eq. 5). Below 1 gradients vanish, above they
 * explode; a norm changes by √χ.
 */
export function chi(name: ActivationName, sigmaW: number, q: number): number {
  const root = Math.sqrt(q);
  return sigmaW ** 2 * gaussianMean((z) => activationDerivative(name, root * z) ** 2);
}

/**
 * q* with nextVariance(q*) = q*, and χ there. 0 where every variance shrinks to it; NaN where there
 * is no fixed point below 10^6 (the variance grows without end, or stays as it is).
 */
export function fixedPoint(
  name: ActivationName,
  sigmaW: number,
  sigmaB: number,
): { q: number; chi: number } {
  const growth = (q: number): number => nextVariance(name, sigmaW, sigmaB, q) - q;
  let low = 1e-12;
  if (growth(low) <= 0) return { q: 0, chi: chi(name, sigmaW, 0) };
  let high = 1;
  while (growth(high) > 0) {
    high *= 2;
    if (high > 1e6) return { q: NaN, chi: NaN };
  }
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (growth(middle) > 0) low = middle;
    else high = middle;
  }
  const q = (low + high) / 2;
  return { q, chi: chi(name, sigmaW, q) };
}

/**
 * Mean and standard deviation of the activations of layers 1 … depth of a wide network without
 * biases, with weights of standard deviation gain/√fanIn, for inputs of mean square `secondMoment`.
 */
export function forwardMoments(
  name: ActivationName,
  gain: number,
  depth: number,
  secondMoment = 1,
): { mean: number; std: number }[] {
  const moments: { mean: number; std: number }[] = [];
  let square = secondMoment;
  for (let layer = 1; layer <= depth; layer++) {
    const root = gain * Math.sqrt(square);
    const mean = gaussianMean((z) => activationValue(name, root * z));
    square = gaussianMean((z) => activationValue(name, root * z) ** 2);
    moments.push({ mean, std: Math.sqrt(Math.max(0, square - mean * mean)) });
  }
  return moments;
}
