import { activationDerivative, activationValue } from '../../engine/closedForms';
import type { BlockSettings } from './params';

type Unit = Omit<BlockSettings, 'x' | 'blocks'>;

/** One block of one unit at one x, beside the same block without the sum. */
export interface BlockAt {
  /** F(x). */
  branch: number;
  /** F′(x). */
  branchDerivative: number;
  output: number;
  /** 1 + F′(x), times the slope of the φ after the sum where there is one. */
  derivative: number;
  plainOutput: number;
  plainDerivative: number;
}

/** L equal blocks in a row; L + 1 entries, from the input on. */
export interface Chain {
  /** x_l behind each block, and x_0. */
  signal: number[];
  /** ∂x_l/∂x_0: the product of the derivatives of the first l blocks. */
  product: number[];
}

/** What the widget shows: one block, and a chain of them with and without the sum. */
export interface Block extends BlockAt {
  residual: Chain;
  plain: Chain;
}

/**
 * F(x) = w₂φ(w₁x + b), in the pre-activation form (He et al. 2016b) w₂φ(w₁φ(x) + b), and the block
 * around it: x + F(x), or in the post-activation form (He et al. 2016a) φ(x + F(x)). The plain block is
 * F(x), or φ(F(x)). Derivatives by the chain rule; at the kink of a ReLU those from the left.
 */
export function blockAt({ form, activation, w1, w2, b }: Unit, x: number): BlockAt {
  const phi = (z: number) => activationValue(activation, z);
  const slope = (z: number) => activationDerivative(activation, z);
  const pre = form === 'preActivation';
  const z = w1 * (pre ? phi(x) : x) + b;
  const branch = w2 * phi(z);
  const branchDerivative = w2 * slope(z) * w1 * (pre ? slope(x) : 1);
  const sum = x + branch;
  const inner = 1 + branchDerivative;
  const one = { branch, branchDerivative };
  if (form !== 'postActivation')
    return {
      ...one,
      output: sum,
      derivative: inner,
      plainOutput: branch,
      plainDerivative: branchDerivative,
    };
  return {
    ...one,
    output: phi(sum),
    derivative: slope(sum) * inner,
    plainOutput: phi(branch),
    plainDerivative: slope(branch) * branchDerivative,
  };
}

/** The block at x, and chains of `blocks` equal ones that begin there. */
export function block(settings: BlockSettings): Block {
  const chain = (step: (x: number) => { output: number; derivative: number }): Chain => {
    const signal = [settings.x];
    const product = [1];
    for (let l = 0; l < settings.blocks; l++) {
      const { output, derivative } = step(signal[l]!);
      signal.push(output);
      product.push(product[l]! * derivative);
    }
    return { signal, product };
  };
  return {
    ...blockAt(settings, settings.x),
    residual: chain((x) => blockAt(settings, x)),
    plain: chain((x) => {
      const { plainOutput, plainDerivative } = blockAt(settings, x);
      return { output: plainOutput, derivative: plainDerivative };
    }),
  };
}
