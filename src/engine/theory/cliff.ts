import { oneUnitTimeSteps } from '../spec/training';
import { activationValue } from './activations';

/** x_0, and the target of σ(x_50). */
export const cliff = { start: 0.5, target: 0.7 } as const;
const { start, target } = cliff;

/** Error and gradient of the one-unit recurrent network at one point of its parameter plane. */
export interface CliffPoint {
  error: number;
  /** ∂E/∂w. */
  weightGradient: number;
  /** ∂E/∂b. */
  biasGradient: number;
  /** x_50. */
  state: number;
}

/** One step of a descent. */
export interface CliffState extends CliffPoint {
  weight: number;
  bias: number;
  /** |(∂E/∂w, ∂E/∂b)| before clipping. */
  gradientNorm: number;
}

/**
 * x_0 = 0.5, x_t = wσ(x_{t−1}) + b, E = (σ(x_50) − 0.7)² (Pascanu et al. 2013, eq. 8), with its
 * gradient.
 */
export function cliffPoint(weight: number, bias: number): CliffPoint {
  let x = start;
  let byWeight = 0;
  let byBias = 0;
  for (let t = 0; t < oneUnitTimeSteps; t++) {
    const s = activationValue('sigmoid', x);
    const slope = weight * s * (1 - s);
    byWeight = s + slope * byWeight;
    byBias = 1 + slope * byBias;
    x = weight * s + bias;
  }
  const s = activationValue('sigmoid', x);
  const outer = 2 * (s - target) * s * (1 - s);
  return {
    error: (s - target) ** 2,
    weightGradient: outer * byWeight,
    biasGradient: outer * byBias,
    state: x,
  };
}

/**
 * Gradient descent from a point, `steps` updates, every state from the first on. With `maxNorm` the
 * gradient is scaled by min(1, maxNorm/|g|).
 */
export function cliffDescent(
  weight: number,
  bias: number,
  learningRate: number,
  steps: number,
  maxNorm: number | null = null,
): CliffState[] {
  const states: CliffState[] = [];
  for (let step = 0; step <= steps; step++) {
    const point = cliffPoint(weight, bias);
    const gradientNorm = Math.hypot(point.weightGradient, point.biasGradient);
    states.push({ ...point, weight, bias, gradientNorm });
    const factor = maxNorm === null ? 1 : Math.min(1, maxNorm / gradientNorm);
    weight -= learningRate * factor * point.weightGradient;
    bias -= learningRate * factor * point.biasGradient;
  }
  return states;
}

/**
 * The bias at which 0.5 is an unstable fixed point for this weight, which is where the wall stands;
 * null for weights ≤ 1/σ′(0.5), where there is none.
 */
export function cliffWall(weight: number): number | null {
  const s = activationValue('sigmoid', start);
  return weight * s * (1 - s) > 1 ? start - weight * s : null;
}
