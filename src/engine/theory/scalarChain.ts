import { activationDerivative, activationValue } from './activations';

/** A chain of sigmoid units and the derivatives of its loss, one entry a unit. */
export interface ScalarChain {
  /** z_i = w_i a_{i−1} + b_i. */
  z: number[];
  /** a_i = σ(z_i). */
  a: number[];
  /** σ′(z_i). */
  derivative: number[];
  /** J = (a_n − t)²/2. */
  loss: number;
  weightGradient: number[];
  biasGradient: number[];
}

/**
 * The chain a_i = σ(w_i a_{i−1} + b_i) on one input, with the loss (a_n − target)²/2 and its
 * derivatives by the chain rule: ∂J/∂b_i = (a_n − t) σ′(z_n) Π_{k>i} w_k σ′(z_{k−1}).
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
  const a: number[] = [];
  weights.forEach((w, i) => {
    z.push(w * (i === 0 ? input : a[i - 1]!) + biases[i]!);
    a.push(activationValue('sigmoid', z[i]!));
  });
  const derivative = z.map((value) => activationDerivative('sigmoid', value));
  const error = (a.at(-1) ?? input) - target;
  const biasGradient = new Array<number>(z.length).fill(0);
  let upstream = error;
  for (let i = z.length - 1; i >= 0; i--) {
    biasGradient[i] = upstream * derivative[i]!;
    upstream = biasGradient[i]! * weights[i]!;
  }
  return {
    z,
    a,
    derivative,
    loss: error ** 2 / 2,
    weightGradient: biasGradient.map((value, i) => value * (i === 0 ? input : a[i - 1]!)),
    biasGradient,
  };
}
