import { stream } from '../rng';
import { activationDerivative, activationValue } from '../theory/activations';
import type { SignalBackward, SignalForward, SignalPassSpec } from '../types';
import {
  backwardReport,
  crossProduct,
  drawInputs,
  drawOuterGradient,
  forwardReport,
  gramOf,
} from './report';
import { checkSignalPass } from './spec';

/**
 * The reports of a pass through a network of Gaussian weights, drawn without the weights, with
 * exactly the joint distribution that the weights would give them, in doubles.
 *
 * Forward: given h, [n, B], the rows of z = W h are independent draws from N(0, σ² hᵀh). Backward:
 * given W h = z, the matrix W is z h⁺ plus an independent copy of itself on what is orthogonal to h,
 * so Wᵀ dz = h (hᵀh)⁻¹ zᵀdz + P V with V's rows independent draws from N(0, σ² dzᵀdz) and P the
 * projection that takes h away.
 */
export function* signalPassInLaw(
  spec: SignalPassSpec,
): Generator<SignalForward | SignalBackward, void> {
  checkSignalPass(spec);
  const { activation, depth, width, inputs, gain, seed } = spec;
  const std = gain / Math.sqrt(width);
  const rng = stream(seed, 'parameters');
  const data = stream(seed, 'data');
  const noise = stream(seed, 'noise');
  const normal = (): number => rng.normal();
  const layers: {
    below: Float64Array;
    gram: Float64Array;
    z: Float64Array;
    slopes: Float64Array;
  }[] = [];

  let h = drawInputs(spec, () => data.normal());
  for (let layer = 1; layer <= depth; layer++) {
    const gram = gramOf(h, inputs);
    const z = correlatedRows(factorOf(gram, inputs), width, inputs, std, normal);
    const slopes = z.map((value) => activationDerivative(activation, value));
    layers.push({ below: h, gram, z, slopes });
    h = z.map((value) => activationValue(activation, value));
    yield forwardReport(layer, activation, { h, slopes });
  }

  let dh = drawOuterGradient(spec, () => noise.normal());
  for (let layer = depth; layer >= 1; layer--) {
    const { below, gram, z, slopes } = layers[layer - 1]!;
    const dz = dh.map((value, i) => value * slopes[i]!);
    const gramAbove = gramOf(dz, inputs);
    yield backwardReport(layer, { dh, gram: gramAbove, gramBelow: gram });
    if (layer === 1) return;
    const fresh = correlatedRows(factorOf(gramAbove, inputs), width, inputs, std, normal);
    // h (hᵀh)⁻¹ (zᵀdz − hᵀV) + V.
    const known = crossProduct(z, dz, inputs);
    const overlap = crossProduct(below, fresh, inputs);
    const weights = solve(
      factorOf(gram, inputs),
      known.map((value, i) => value - overlap[i]!),
      inputs,
    );
    dh = fresh;
    addProduct(dh, below, weights, inputs);
  }
}

/** `rows` independent draws from N(0, std² · L Lᵀ), L lower triangular [n, n]. */
function correlatedRows(
  factor: Float64Array,
  rows: number,
  n: number,
  std: number,
  normal: () => number,
): Float64Array {
  const out = new Float64Array(rows * n);
  const draw = new Float64Array(n);
  for (let from = 0; from < rows * n; from += n) {
    for (let i = 0; i < n; i++) {
      draw[i] = std * normal();
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += factor[i * n + j]! * draw[j]!;
      out[from + i] = sum;
    }
  }
  return out;
}

/** A pivot below this share of its diagonal entry is rounding: the row depends on those before it. */
const dependent = 1e-13;

/** The lower triangular L with L Lᵀ = A, for a positive semidefinite A; dependent rows have pivot 0. */
function factorOf(a: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= factor[i * n + k]! * factor[j * n + k]!;
      if (j < i) factor[i * n + j] = factor[j * n + j] === 0 ? 0 : rest / factor[j * n + j]!;
      else factor[i * n + i] = rest > dependent * a[i * n + i]! ? Math.sqrt(rest) : 0;
    }
  }
  return factor;
}

/** X with L Lᵀ X = B, [n, n]; rows of pivot 0 are left out. */
function solve(factor: Float64Array, b: Float64Array, n: number): Float64Array {
  const x = Float64Array.from(b);
  for (let column = 0; column < n; column++) {
    for (let i = 0; i < n; i++) {
      let rest = x[i * n + column]!;
      for (let k = 0; k < i; k++) rest -= factor[i * n + k]! * x[k * n + column]!;
      x[i * n + column] = factor[i * n + i] === 0 ? 0 : rest / factor[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let rest = x[i * n + column]!;
      for (let k = i + 1; k < n; k++) rest -= factor[k * n + i]! * x[k * n + column]!;
      x[i * n + column] = factor[i * n + i] === 0 ? 0 : rest / factor[i * n + i]!;
    }
  }
  return x;
}

/** Adds H · M to `out`, all [·, n] with M [n, n]. */
function addProduct(out: Float64Array, h: Float64Array, m: Float64Array, n: number): void {
  for (let from = 0; from < out.length; from += n) {
    for (let k = 0; k < n; k++) {
      const left = h[from + k]!;
      for (let j = 0; j < n; j++) out[from + j]! += left * m[k * n + j]!;
    }
  }
}
