import type { ResolvedMlp } from '../../spec/resolved';
import { activationDerivative } from '../../theory/activations';
import { matrix, multiply } from './matrix';
import type { Matrix } from './matrix';

/** A residual network and where a batch has left it. */
export interface Passed {
  network: ResolvedMlp;
  /** W_l, [width, fanIn]. */
  weight(layer: number): Matrix;
  /** z_l of every row of the batch, [rows, width]. */
  preActivation(layer: number): Matrix;
  /** ∂L/∂h of the last hidden layer, [rows, width]. */
  gradient: Matrix;
}

/**
 * The gradient ∂L/∂h₁ of a residual network as a sum over the lengths of its paths. A path takes each
 * block either past its branch or through it; its length is the number of branches (Veit et al. 2016).
 * The k-th matrix [rows, width] is the sum over all paths of length k, from k = 0 on.
 *
 * Behind a block with the Jacobian D(I + αF′), where D is the slope after the sum of the post-activation
 * form, the gradient v_k of length k is D v_k past the branch, and αF′ᵀD v_{k−1} through it. So one pass
 * back over the blocks gives all 2^blocks paths, sorted by length, without naming one of them.
 */
export function pathGradients({ network, weight, preActivation, gradient }: Passed): Matrix[] {
  const { depth, activation, residual, branchScale } = network;
  const paired = residual !== 'single';
  const slopes = (layer: number): Float64Array =>
    preActivation(layer).values.map((z) => activationDerivative(activation, z));

  let paths = [gradient];
  for (let last = depth; last > 1; last -= paired ? 2 : 1) {
    if (residual === 'postActivation') {
      const after = slopes(last);
      paths = paths.map((path) => times(path, after));
    }
    const through = (path: Matrix): Matrix => {
      if (!paired) return multiply(times(path, slopes(last)), weight(last));
      const inner = times(multiply(path, weight(last)), slopes(last - 1));
      const entering = multiply(inner, weight(last - 1));
      return residual === 'preActivation' ? times(entering, slopes(last - 2)) : entering;
    };
    const taken = paths.map((path) => scaled(through(path), branchScale));
    paths = [...paths, null].map((past, k) => sum(past, taken[k - 1] ?? null));
  }
  return paths;
}

/** Entry by entry. */
const times = (a: Matrix, factors: Float64Array): Matrix => ({
  ...a,
  values: a.values.map((value, i) => value * factors[i]!),
});

const scaled = (a: Matrix, factor: number): Matrix => ({
  ...a,
  values: a.values.map((value) => factor * value),
});

/** The sum of two matrices, of which one may be missing. */
function sum(a: Matrix | null, b: Matrix | null): Matrix {
  if (a === null || b === null) return (a ?? b)!;
  return matrix(
    a.rows,
    a.columns,
    a.values.map((value, i) => value + b.values[i]!),
  );
}
