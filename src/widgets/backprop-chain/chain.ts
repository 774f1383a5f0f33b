/**
 * A chain of single sigmoid units, forwards and backwards:
 * z_l = w_l a_{l−1} + b_l, a_l = σ(z_l), J = (a_n − t)²/2.
 */

export interface ChainInput {
  /** Weight of each unit, first unit first. */
  weights: number[];
  /** Bias of each unit; as many as weights. */
  biases: number[];
  /** a_0, what the first unit receives. */
  input: number;
  /** t, what the last unit should give. */
  target: number;
}

export interface Chain {
  /** The input it was computed from. */
  weights: number[];
  biases: number[];
  input: number;
  target: number;
  /** z_l, one entry a unit. */
  preActivation: number[];
  /** a_l = σ(z_l). */
  activation: number[];
  /** σ′(z_l) = a_l (1 − a_l), computed without cancellation. */
  activationGradient: number[];
  /** J = (a_n − t)²/2. */
  loss: number;
  /** ∂J/∂a_n = a_n − t. */
  outputGradient: number;
  /** σ′(z_l) w_{l+1}: what the signal is multiplied by from unit l + 1 to unit l; n − 1 entries. */
  factor: number[];
  /** Π_{k=l}^{n−1} factor_k = ∂J/∂z_l ÷ ∂J/∂z_n; n entries, the last is 1. */
  runningProduct: number[];
  /** ∂J/∂b_l = ∂J/∂z_l. */
  biasGradient: number[];
  /** ∂J/∂w_l = ∂J/∂z_l · a_{l−1}. */
  weightGradient: number[];
}

/** The logistic function σ(z) = 1/(1 + e^−z); finite for every finite z. */
export function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** σ′(z) = e^−|z|/(1 + e^−|z|)²; even, at most 1/4, no cancellation where σ is close to 1. */
export function sigmoidGradient(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return e / (1 + e) ** 2;
}

/**
 * One forward and one backward pass through the chain, by the chain rule written out:
 * ∂J/∂b_n = (a_n − t) σ′(z_n), ∂J/∂b_l = ∂J/∂b_{l+1} · w_{l+1} σ′(z_l), ∂J/∂w_l = ∂J/∂b_l · a_{l−1}.
 * Throws a RangeError where there is no unit, or not one bias for each weight.
 */
export function backpropagate({ weights, biases, input, target }: ChainInput): Chain {
  const n = weights.length;
  if (n === 0 || biases.length !== n) {
    throw new RangeError(
      `A chain needs one bias for each weight and at least one unit; got ${n} weights and ${biases.length} biases.`,
    );
  }
  const preActivation: number[] = [];
  const activation: number[] = [];
  let previous = input;
  for (const [l, w] of weights.entries()) {
    const z = w * previous + biases[l]!;
    previous = sigmoid(z);
    preActivation.push(z);
    activation.push(previous);
  }
  const activationGradient = preActivation.map(sigmoidGradient);
  const outputGradient = activation[n - 1]! - target;
  const factor = weights.slice(1).map((w, l) => activationGradient[l]! * w);

  const runningProduct = new Array<number>(n).fill(1);
  const biasGradient = new Array<number>(n).fill(0);
  biasGradient[n - 1] = outputGradient * activationGradient[n - 1]!;
  for (let l = n - 2; l >= 0; l--) {
    runningProduct[l] = runningProduct[l + 1]! * factor[l]!;
    biasGradient[l] = biasGradient[l + 1]! * factor[l]!;
  }
  return {
    weights,
    biases,
    input,
    target,
    preActivation,
    activation,
    activationGradient,
    loss: outputGradient ** 2 / 2,
    outputGradient,
    factor,
    runningProduct,
    biasGradient,
    weightGradient: biasGradient.map((g, l) => g * (l === 0 ? input : activation[l - 1]!)),
  };
}
