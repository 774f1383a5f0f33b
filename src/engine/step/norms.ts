import type { BatchNorm, RowNorm } from '../spec/resolved';
import { add, div, mul, scalar, sqrt, square, sub, sum } from './tf';
import type { Tensor } from './tf';

/**
 * Batch normalization of [batch, width] per unit. Training uses the batch's mean and biased
 * variance and returns r ← (1 − m)·r + m·batch with the unbiased variance; inference uses r.
 */
export function normalizeBatch(
  u: Tensor,
  gamma: Tensor,
  beta: Tensor,
  runningMean: Tensor,
  runningVariance: Tensor,
  { epsilon, momentum }: BatchNorm,
  training: boolean,
): { value: Tensor; mean: Tensor; variance: Tensor } {
  const shifted = (mean: Tensor, variance: Tensor): Tensor =>
    add(mul(gamma, div(sub(u, mean), sqrt(add(variance, scalar(epsilon))))), beta);
  if (!training) {
    return {
      value: shifted(runningMean, runningVariance),
      mean: runningMean,
      variance: runningVariance,
    };
  }
  const rows = u.shape[0]!;
  const mean = mul(sum(u, 0), scalar(1 / rows));
  const variance = mul(sum(square(sub(u, mean)), 0), scalar(1 / rows));
  const running = (old: Tensor, batch: Tensor, factor: number): Tensor =>
    add(mul(old, scalar(1 - momentum)), mul(batch, scalar(momentum * factor)));
  return {
    value: shifted(mean, variance),
    mean: running(runningMean, mean, 1),
    variance: running(runningVariance, variance, rows > 1 ? rows / (rows - 1) : 1),
  };
}

/**
 * γ∘(u − μ)/√(σ² + ε) + β for u [batch, width], with mean and biased variance of each row (layer norm, Ba et
 * al. 2016, eq. 3 and 4); without the mean γ∘u/√(mean(u²) + ε) + β (RMS norm, Zhang & Sennrich 2019, eq. 4).
 * Training and use do the same.
 */
export function normalizeRows(
  u: Tensor,
  gamma: Tensor,
  beta: Tensor,
  { epsilon }: RowNorm,
  centers: boolean,
): Tensor {
  const ofRow = scalar(1 / u.shape[1]!);
  const centered = centers ? sub(u, mul(sum(u, 1, true), ofRow)) : u;
  const size = mul(sum(square(centered), 1, true), ofRow);
  return add(mul(gamma, div(centered, sqrt(add(size, scalar(epsilon))))), beta);
}
