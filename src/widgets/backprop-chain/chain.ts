import { scalarChain } from '../../engine/closedForms';

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

/** A chain of sigmoid units, what it was computed from, and every factor of its chain rule. */
export interface Chain extends ChainInput {
  /** z_l, one entry a unit. */
  preActivation: number[];
  /** h_l = σ(z_l). */
  activation: number[];
  /** σ′(z_l). */
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

/**
 * One forward and one backward pass through a chain of U single sigmoid units,
 * z_l = w_l h_{l−1} + b_l and h_l = σ(z_l), with each factor by itself. Throws where there is not one
 * bias for each weight.
 */
export function backpropagate({ weights, biases, input, target }: ChainInput): Chain {
  const { z, h, derivative, ...chain } = scalarChain(input, weights, biases, target);
  const factor = weights.slice(1).map((w, l) => derivative[l]! * w);
  return {
    ...{ weights, biases, input, target },
    ...chain,
    preActivation: z,
    activation: h,
    activationGradient: derivative,
    outputGradient: (h.at(-1) ?? input) - target,
    factor,
    runningProduct: factor.reduceRight((products, one) => [one * products[0]!, ...products], [1]),
  };
}
