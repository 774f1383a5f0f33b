import type { ResolvedMlp } from '../../spec/resolved';
import { activationDerivative, activationValue } from '../../theory/activations';
import { identity, matrix, multiply, qr, singularValues, transpose } from './matrix';
import type { Matrix } from './matrix';

/** Below this share of a layer's largest entry the triangular factor holds rounding alone. */
const rounding = 1e-13;

/** Widest network whose Jacobians are taken: the work grows with the cube. */
export const widest = 128;

/** A network and the point at which it is differentiated. */
export interface Linearized {
  network: ResolvedMlp;
  /** W_l, [width, fanIn]. */
  weight(layer: number): Matrix;
  /** b_l. */
  bias(layer: number): ArrayLike<number>;
  input: ArrayLike<number>;
}

/** One layer, or one block of two: the hidden state behind it and its own Jacobian. */
interface Link {
  state: Float64Array;
  jacobian: Matrix;
}

/**
 * The singular values of ∂h_l/∂x, the largest first, for the first layer and behind each further
 * layer or, in residual forms of two layers, each block; with `from` 1 those of ∂h_l/∂h_1, from the
 * second on. In doubles, without batch norm. The product is kept as an orthogonal times a triangular
 * matrix, so that the smallest values are no rounding errors of the largest.
 */
export function* jacobianSpectra(linearized: Linearized, from: 0 | 1): Generator<number[]> {
  let orthogonal: Matrix | null = null;
  let triangular: Matrix | null = null;
  for (const [index, { jacobian }] of [...links(linearized)].entries()) {
    if (index < from) continue;
    // A first factor that is no taller than wide has the singular values of its transposed R.
    const factor: Matrix =
      orthogonal !== null
        ? multiply(jacobian, orthogonal)
        : jacobian.columns >= jacobian.rows
          ? transpose(qr(transpose(jacobian)).r)
          : jacobian;
    const { q, r } = qr(factor);
    dropRounding(r);
    orthogonal = q;
    triangular = triangular === null ? r : multiply(r, triangular);
    yield singularValues(triangular);
  }
}

/** Rows of R that hold rounding alone become 0: the factor has lost rank there, as by a dead ReLU. */
function dropRounding({ rows, columns, values }: Matrix): void {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    if (row.every((value) => Math.abs(value) < rounding * largest)) row.fill(0);
  }
}

/** The hidden layers as `step/mlp.ts` joins them, each with its derivative at the input. */
function* links({ network, weight, bias, input }: Linearized): Generator<Link> {
  const { depth, activation, residual, branchScale } = network;
  const phi = (z: Float64Array): Float64Array => z.map((v) => activationValue(activation, v));
  const slopes = (z: Float64Array): Float64Array =>
    z.map((v) => activationDerivative(activation, v));
  const affine = (l: number, h: Float64Array): Float64Array => {
    const b = bias(l);
    return multiply(weight(l), matrix(h.length, 1, h)).values.map((v, i) => v + b[i]!);
  };
  if (depth === 0) return;

  const first = affine(1, Float64Array.from(input));
  const linear = residual === 'preActivation';
  let state = linear ? first : phi(first);
  yield { state, jacobian: linear ? weight(1) : scaledRows(weight(1), slopes(first)) };

  const paired = residual === 'postActivation' || residual === 'preActivation';
  for (let l = 2; l <= depth; l += paired ? 2 : 1) {
    const h = state;
    const entering = linear ? phi(h) : h;
    const z = affine(l, entering);
    const layer = scaledRows(weight(l), slopes(z));
    if (!paired) {
      const a = phi(z);
      state = residual === 'single' ? a.map((v, i) => h[i]! + branchScale * v) : a;
      yield { state, jacobian: residual === 'single' ? onePlus(branchScale, layer) : layer };
      continue;
    }
    const branch = affine(l + 1, phi(z));
    const sum = branch.map((v, i) => h[i]! + branchScale * v);
    const inner = multiply(weight(l + 1), layer);
    const around = onePlus(branchScale, linear ? scaledColumns(inner, slopes(h)) : inner);
    state = linear ? sum : phi(sum);
    yield { state, jacobian: linear ? around : scaledRows(around, slopes(sum)) };
  }
}

/** diag(factors)·A. */
const scaledRows = (a: Matrix, factors: Float64Array): Matrix => ({
  ...a,
  values: a.values.map((value, i) => value * factors[Math.floor(i / a.columns)]!),
});

/** A·diag(factors). */
const scaledColumns = (a: Matrix, factors: Float64Array): Matrix => ({
  ...a,
  values: a.values.map((value, i) => value * factors[i % a.columns]!),
});

/** I + factor·A. */
function onePlus(factor: number, a: Matrix): Matrix {
  const one = identity(a.rows);
  return { ...a, values: one.values.map((value, i) => value + factor * a.values[i]!) };
}
