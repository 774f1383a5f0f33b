import type { ValleySettings } from './params';

/** Steps of gradient descent that are drawn. */
export const STEPS = 60;

/** Where descent begins: so far across the valley, and so far along it. */
export const START = { across: 0.5, along: 1 } as const;

/** Gradient descent on a quadratic loss of two weights. */
export interface Valley {
  /** Curvature across the valley, the larger eigenvalue of the Hessian; along it the curvature is 1. */
  steep: number;
  /** By what a step multiplies the error across the valley, 1 − ηλ_max = 1 − 2r. */
  steepFactor: number;
  /** By what a step multiplies the error along the valley, 1 − η. */
  flatFactor: number;
  /** Errors across and along the valley after each step, from step 0 on. */
  across: number[];
  along: number[];
}

/**
 * Descends at the rate r · 2/λ_max into a valley whose curvatures have the ratio κ. Along each eigenvector
 * of the Hessian a step multiplies the error by 1 − ηλ, so every step has a closed form.
 */
export function descend({ conditionNumber, rate }: ValleySettings): Valley {
  const learningRate = (2 * rate) / conditionNumber;
  const steepFactor = 1 - learningRate * conditionNumber;
  const flatFactor = 1 - learningRate;
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => step);
  return {
    steep: conditionNumber,
    steepFactor,
    flatFactor,
    across: steps.map((step) => START.across * steepFactor ** step),
    along: steps.map((step) => START.along * flatFactor ** step),
  };
}

/**
 * The two weights at an error across and along the valley. It runs along the diagonal on which one weight
 * rises as the other falls; across it both rise or fall together.
 */
export const weightsAt = (across: number, along: number): [number, number] => [
  (across + along) / Math.SQRT2,
  (across - along) / Math.SQRT2,
];

/** The length of the gradient, ‖∇L‖, at two weights. */
export function gradientNorm(steep: number, first: number, second: number): number {
  const across = (first + second) / Math.SQRT2;
  const along = (first - second) / Math.SQRT2;
  return Math.hypot(steep * across, along);
}

/**
 * The first step after which both errors are below a share of where they began; Infinity where one never is.
 */
export function stepsUntil(share: number, { steepFactor, flatFactor }: Valley): number {
  const slowest = Math.max(Math.abs(steepFactor), Math.abs(flatFactor));
  if (slowest >= 1) return Infinity;
  return slowest === 0 ? 1 : Math.ceil(Math.log(share) / Math.log(slowest));
}
