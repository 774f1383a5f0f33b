import { activationDerivative, activationValue } from './activations';

/** A chain of sigmoid units and the derivatives of its loss, one entry a unit. */
export interface ScalarChain {
  /** z_i = w_i h_{i−1} + b_i. */
  z: number[];
  /** h_i = σ(z_i). */
  h: number[];
  /** σ′(z_i). */
  derivative: number[];
  /** L = (h_U − t)²/2, h_U the last. */
  loss: number;
  weightGradient: number[];
  biasGradient: number[];
}

/**
 * The chain h_i = σ(w_i h_{i−1} + b_i) on one input, with the loss (h_U − target)²/2 and its
 * derivatives by the chain rule: ∂L/∂b_i = (h_U − t) σ′(z_U) Π_{j>i} w_j σ′(z_{j−1}).
 * Throws where weights and biases differ in number.
 */
export function scalarChain(
  input: number,
  weights: readonly number[],
  biases: readonly number[],
  target: number,
): ScalarChain {
  if (weights.length !== biases.length) {
    throw new Error(
      `There are ${weights.length} weights and ${biases.length} biases; both must be as many.`,
    );
  }
  const z: number[] = [];
  const h: number[] = [];
  weights.forEach((w, i) => {
    z.push(w * (i === 0 ? input : h[i - 1]!) + biases[i]!);
    h.push(activationValue('sigmoid', z[i]!));
  });
  const derivative = z.map((value) => activationDerivative('sigmoid', value));
  const error = (h.at(-1) ?? input) - target;
  const biasGradient = new Array<number>(z.length).fill(0);
  let upstream = error;
  for (let i = z.length - 1; i >= 0; i--) {
    biasGradient[i] = upstream * derivative[i]!;
    upstream = biasGradient[i]! * weights[i]!;
  }
  return {
    z,
    h,
    derivative,
    loss: error ** 2 / 2,
    weightGradient: biasGradient.map((value, i) => value * (i === 0 ? input : h[i - 1]!)),
    biasGradient,
  };
}
