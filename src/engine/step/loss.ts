import { logSoftmax, mul, neg, scalar, square, sub, sum } from './tf';
import type { Tensor } from './tf';

export type LossName = 'softmaxCrossEntropy' | 'meanSquaredError';

/**
 * The scalar loss of outputs against targets of the same shape.
 *
 * `softmaxCrossEntropy`: the mean over all rows (every axis but the last) of
 * −Σ_k y_k log softmax(o)_k, targets one-hot. `meanSquaredError`: the mean of (o − y)² over all
 * elements.
 */
export function lossOf(name: LossName, output: Tensor, target: Tensor): Tensor {
  if (name === 'softmaxCrossEntropy') {
    const rows = output.size / output.shape[output.rank - 1]!;
    return mul(neg(sum(mul(target, logSoftmax(output)))), scalar(1 / rows));
  }
  return mul(sum(square(sub(output, target))), scalar(1 / output.size));
}
