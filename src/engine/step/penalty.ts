import { abs, add, customGrad, mul, sign, square, sum } from './tf';
import type { Tensor } from './tf';
import type { Hyper } from './optimizers';

/** |w| with the subgradient sign(w), 0 at 0; tfjs's own has −1 there. */
const absolute = customGrad((input) => {
  const w = input as Tensor;
  return { value: abs(w), gradFunc: (dy: Tensor) => mul(dy, sign(w)) };
});

/**
 * Σ over the given tensors of λ₂/2·Σw² + λ₁·Σ|w|; null where neither is asked for. The scalars
 * are `halfL2` and `l1`.
 */
export function penaltyOf(
  tensors: readonly Tensor[],
  uses: { l1: boolean; l2: boolean },
  hyper: Hyper,
): Tensor | null {
  const terms = tensors.flatMap((w) => [
    ...(uses.l2 ? [mul(hyper('halfL2'), sum(square(w)))] : []),
    ...(uses.l1 ? [mul(hyper('l1'), sum(absolute(w)))] : []),
  ]);
  if (terms.length === 0) return null;
  return terms.reduce((total, term) => add(total, term));
}
