import type { ResolvedClip } from '../spec/resolved';
import type { Hyper } from './optimizers';
import {
  abs,
  add,
  clipByValue,
  concat,
  div,
  max,
  maximum,
  mul,
  reshape,
  scalar,
  sqrt,
  square,
  sum,
} from './tf';
import type { Tensor } from './tf';

/** Below this a gradient's largest entry is not scaled up further; its norm then counts as 0. */
const smallest = 1e-30;

export interface Clipping {
  hyper: string[];
  hyperValues: number[];
  clip(gradients: readonly Tensor[], hyper: Hyper): Tensor[];
}

/**
 * Clipping, applied before the optimizer:
 *
 * - `globalNorm` (Pascanu et al. 2013, algorithm 1): every gradient times min(1, c/(N + ε)), N the
 *   norm of all gradients together
 * - `perTensorNorm`: the same rule on each tensor by its own norm
 * - `value`: each entry limited to [−c, c]
 *
 * Norms are taken of g/max|g|, so that squares neither under- nor overflow float32. An entry that is
 * not finite stays so, or makes others so: clipping hides no overflow.
 *
 * With `apart` the entries of a tensor belong to trainings that run side by side: the first two rules
 * then take a norm for each place, over the entries that the tensors have there.
 */
export function clippingOf(spec: ResolvedClip, apart = false): Clipping {
  const normOf = apart ? normOfEach : normOfAll;
  switch (spec.kind) {
    case 'globalNorm':
      return {
        hyper: ['maxNorm', 'clipEpsilon'],
        hyperValues: [spec.maxNorm, spec.epsilon],
        clip: (gradients, hyper) => {
          const factor = shrink(normOf(gradients), hyper);
          return gradients.map((g) => mul(g, factor));
        },
      };
    case 'perTensorNorm':
      return {
        hyper: ['maxNorm', 'clipEpsilon'],
        hyperValues: [spec.maxNorm, spec.epsilon],
        clip: (gradients, hyper) => gradients.map((g) => mul(g, shrink(normOf([g]), hyper))),
      };
    case 'value': {
      return {
        hyper: [],
        hyperValues: [],
        // Limits would make ∞ a number again, and NaN too on wasm, whose clipByValue(NaN) is the
        // lower one; 0·g is 0 where g is finite, and NaN where it is not.
        clip: (gradients) =>
          gradients.map((g) =>
            add(clipByValue(g, -spec.maxValue, spec.maxValue), mul(g, scalar(0))),
          ),
      };
    }
  }
}

/** min(1, c/(N + ε)), written without a quotient that could be ∞. */
function shrink(norm: Tensor, hyper: Hyper): Tensor {
  const maxNorm = hyper('maxNorm');
  return div(maxNorm, maximum(add(norm, hyper('clipEpsilon')), maxNorm));
}

function normOfAll(tensors: readonly Tensor[]): Tensor {
  const largestEach = tensors.map((t) => reshape(max(abs(t)), [1]));
  const largest = maximum(max(concat(largestEach)), scalar(smallest));
  const squares = tensors.map((t) => reshape(sum(square(div(t, largest))), [1]));
  return mul(largest, sqrt(sum(concat(squares))));
}

/** The norm over the tensors at each place, [size]. */
function normOfEach(tensors: readonly Tensor[]): Tensor {
  const flat = tensors.map((t) => reshape(t, [-1]));
  const largest = flat.map(abs).reduce((most, t) => maximum(most, t), scalar(smallest));
  const squares = flat.map((t) => square(div(t, largest)));
  return mul(largest, sqrt(squares.reduce((total, t) => add(total, t))));
}
