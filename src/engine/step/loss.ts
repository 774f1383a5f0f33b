import { resolveLoss } from '../spec/defaults';
import { logSoftmax, mul, neg, scalar, square, sub, sum } from './tf';
import type { LossSpec } from '../spec/training';
import type { Tensor } from './tf';

/**
 * The scalar loss of outputs against targets of the same shape, a mean over all rows (every axis but
 * the last).
 *
 * `softmaxCrossEntropy`: of −Σ_k y_k log softmax(o)_k, targets one-hot. `meanSquaredError`: of the
 * mean or the sum over k of (o_k − y_k)².
 */
export function lossOf(spec: LossSpec, output: Tensor, target: Tensor): Tensor {
  const loss = resolveLoss(spec);
  const rows = output.size / output.shape[output.rank - 1]!;
  if (loss.kind === 'softmaxCrossEntropy') {
    return mul(neg(sum(mul(target, logSoftmax(output)))), scalar(1 / rows));
  }
  const count = loss.reduction === 'sum' ? rows : output.size;
  return mul(sum(square(sub(output, target))), scalar(1 / count));
}
