import {
  activationDerivative,
  activationValue,
  chi,
  fixedPoint,
  gaussianMean,
} from '../../engine/closedForms';
import type { PhaseSettings } from './params';

type Activation = PhaseSettings['activation'];

/**
 * χ at a place of the plane, at the variance that the layers settle at. For ReLU every variance
 * gives σ_w²/2, whether it settles or not (He et al. 2015; Hayou et al. 2019).
 */
export function chiAt(activation: Activation, sigmaW: number, sigmaB: number): number {
  if (activation === 'relu') return chi('relu', sigmaW, 1);
  return fixedPoint(activation, sigmaW, sigmaB).chi;
}

/** A place where χ = 1. */
export interface Critical {
  sigmaW: number;
  sigmaB: number;
}

/** Variances that a table knows: log10 of the smallest and largest, and how many. */
const TABLE = { from: -6, to: 2, count: 201 };

/**
 * χ for many places at once: E φ² and E φ′² are tabulated over the variance, and its fixed point is
 * looked up between the table's entries. Right to about three digits, for drawing.
 */
export function chiTable(activation: Activation): (sigmaW: number, sigmaB: number) => number {
  const { from, to, count } = TABLE;
  const variance = Array.from(
    { length: count },
    (_, i) => 10 ** (from + ((to - from) * i) / (count - 1)),
  );
  const expectation = (f: (z: number) => number) => (q: number) =>
    gaussianMean((z) => f(Math.sqrt(q) * z) ** 2);
  const square = variance.map(expectation((z) => activationValue(activation, z)));
  const slope = variance.map(expectation((z) => activationDerivative(activation, z)));
  return (sigmaW, sigmaB) => {
    const growth = (i: number) => sigmaW ** 2 * square[i]! + sigmaB ** 2 - variance[i]!;
    let [low, high] = [0, count - 1];
    // Where ReLU's variance has no fixed point its slope is the same anyway.
    if (growth(low) <= 0 || growth(high) > 0)
      return sigmaW ** 2 * slope[growth(low) <= 0 ? low : high]!;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (growth(middle) > 0) low = middle;
      else high = middle;
    }
    const share = growth(low) / (growth(low) - growth(high));
    return sigmaW ** 2 * (slope[low]! + share * (slope[high]! - slope[low]!));
  };
}

/**
 * The critical place that belongs to a fixed point q*: σ_w² = 1/E φ′(√q z)² makes χ = 1, and
 * σ_b² = q − σ_w² E φ(√q z)² makes q the fixed point. σ_b is NaN where no bias could.
 */
export function criticalAt(activation: Activation, q: number): Critical {
  const root = Math.sqrt(q);
  const slope = gaussianMean((z) => activationDerivative(activation, root * z) ** 2);
  const square = gaussianMean((z) => activationValue(activation, root * z) ** 2);
  return { sigmaW: 1 / Math.sqrt(slope), sigmaB: Math.sqrt(q - square / slope) };
}

const HALVINGS = 30;

/** σ_w on the critical line of tanh for a σ_b (Schoenholz et al. 2017, figure 1). */
export function criticalSigmaW(sigmaB: number): number {
  // For tanh σ_b grows with q along the line, from 0 at q = 0.
  let [low, high] = [0, 1];
  while (criticalAt('tanh', high).sigmaB < sigmaB) high *= 2;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    // Near q = 0 rounding can make the square of σ_b negative.
    if ((criticalAt('tanh', middle).sigmaB || 0) < sigmaB) low = middle;
    else high = middle;
  }
  return criticalAt('tanh', (low + high) / 2).sigmaW;
}

/**
 * The smallest σ_w with χ = 1 for a σ_b, wherever it lies; NaN where there is none up to 64. For the
 * sigmoid it is far outside the plane that is drawn.
 */
export function criticalWeights(activation: Activation, sigmaB: number): number {
  if (activation === 'relu') return Math.SQRT2;
  if (activation === 'tanh') return criticalSigmaW(sigmaB);
  let [low, high] = [1, 64];
  if (!(chiAt(activation, high, sigmaB) >= 1)) return NaN;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (chiAt(activation, middle, sigmaB) < 1) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * How unequal the slopes of a layer are at a place: E φ′⁴/(E φ′²)² at the variance that the layers
 * settle at. 1 where all are equal. On the line χ = 1 the squared singular values of L layers have
 * the variance L times this for Gaussian weights, L times this less 1 for orthogonal ones
 * (Pennington et al. 2017).
 */
export function slopeSpread(activation: Activation, sigmaW: number, sigmaB: number): number {
  // The slope of ReLU is 0 or 1 with equal chance, at every variance.
  if (activation === 'relu') return 2;
  const root = Math.sqrt(fixedPoint(activation, sigmaW, sigmaB).q);
  const moment = (power: number) =>
    gaussianMean((z) => activationDerivative(activation, root * z) ** power);
  return moment(4) / moment(2) ** 2;
}

/** The line χ = 1 inside the plane, from σ_b = 0 up; empty where it has none there. */
export function criticalLine(
  activation: Activation,
  sigmaBs: readonly number[],
  largest: number,
): { sigmaW: number[]; sigmaB: number[] } {
  if (activation === 'relu') return { sigmaW: sigmaBs.map(() => Math.SQRT2), sigmaB: [...sigmaBs] };
  if (activation === 'sigmoid') return { sigmaW: [], sigmaB: [] };
  const found = sigmaBs.map((sigmaB) => ({ sigmaB, sigmaW: criticalSigmaW(sigmaB) }));
  const inside = found.filter(({ sigmaW }) => sigmaW <= largest);
  return {
    sigmaW: inside.map(({ sigmaW }) => sigmaW),
    sigmaB: inside.map(({ sigmaB }) => sigmaB),
  };
}

/** Layers over which a gradient changes by the factor e in its mean square: 1/|ln χ|. */
export const depthScale = (chiThere: number): number => 1 / Math.abs(Math.log(chiThere));
