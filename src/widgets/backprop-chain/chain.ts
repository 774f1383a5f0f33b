/**
 * A chain of single sigmoid units, forwards and backwards:
 * z_l = w_l h_{l−1} + b_l, h_l = σ(z_l), L = (h_U − t)²/2, with U units.
 */

export interface ChainInput {
  /** Weight of each unit, first unit first. */
  weights: number[];
  /** Bias of each unit; as many as weights. */
  biases: number[];
  /** h_0, what the first unit receives. */
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
  /** h_l = σ(z_l). */
  activation: number[];
  /** σ′(z_l) = h_l (1 − h_l), computed without cancellation. */
  activationGradient: number[];
  /** L = (h_U − t)²/2. */
  loss: number;
  /** ∂L/∂h_U = h_U − t. */
  outputGradient: number;
  /** σ′(z_l) w_{l+1}: what the signal is multiplied by from unit l + 1 to unit l; U − 1 entries. */
  factor: number[];
  /** The product of factor_l to factor_{U−1}: ∂L/∂z_l ÷ ∂L/∂z_U; U entries, the last is 1. */
  runningProduct: number[];
  /** ∂L/∂b_l = ∂L/∂z_l. */
  biasGradient: number[];
  /** ∂L/∂w_l = ∂L/∂z_l · h_{l−1}. */
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
 * ∂L/∂b_U = (h_U − t) σ′(z_U), ∂L/∂b_l = ∂L/∂b_{l+1} · w_{l+1} σ′(z_l), ∂L/∂w_l = ∂L/∂b_l · h_{l−1}.
 * Throws a RangeError where there is no unit, or not one bias for each weight.
 */
export function backpropagate({ weights, biases, input, target }: ChainInput): Chain {
  const units = weights.length;
  if (units === 0 || biases.length !== units) {
    throw new RangeError(
      `A chain needs one bias for each weight and at least one unit; got ${units} weights and ${biases.length} biases.`,
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
  const outputGradient = activation[units - 1]! - target;
  const factor = weights.slice(1).map((w, l) => activationGradient[l]! * w);

  const runningProduct = new Array<number>(units).fill(1);
  const biasGradient = new Array<number>(units).fill(0);
  biasGradient[units - 1] = outputGradient * activationGradient[units - 1]!;
  for (let l = units - 2; l >= 0; l--) {
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
