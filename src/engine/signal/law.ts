import { seedOf, type StreamName } from '../start/rng';
import { activationDerivative, activationValue } from '../theory/activations';
import type { SignalBackward, SignalForward } from './report';
import type { SignalPassSpec } from './spec';
import { openNormals } from './normals';
import { backwardReport, forwardReport } from './report';
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
export async function* signalPassInLaw(
  spec: SignalPassSpec,
): AsyncGenerator<SignalForward | SignalBackward, void> {
  checkSignalPass(spec);
  const { activation, depth, width, inputs: n, gain, seed } = spec;
  const std = gain / Math.sqrt(width);
  const normals = await openNormals();
  const size = n * width;
  let drawn = 0;
  const draw = (name: StreamName, from: number, scale: number): Float32Array => {
    const matrix = { seed: seedOf(seed, name), from, rows: n, columns: width, std: scale };
    return normals.rowsOf(matrix, 0, n);
  };
  /** L · N: rows whose columns are independent draws from N(0, std² L Lᵀ). */
  const correlated = (factor: Float64Array): Float64Array => {
    const draws = draw('parameters', drawn, std);
    drawn += size;
    return addCombinations(new Float64Array(size), factor, draws, n);
  };
  const layers: {
    below: Float64Array;
    gram: Float64Array;
    z: Float64Array;
    slopes: Float64Array;
  }[] = [];

  let h: Float64Array = new Float64Array(draw('data', 0, 1));
  for (let layer = 1; layer <= depth; layer++) {
    const gram = innerProducts(h, h, n);
    const z = correlated(factorOf(gram, n));
    const slopes = new Float64Array(z.length);
    const above = new Float64Array(z.length);
    for (let i = 0; i < z.length; i++) {
      slopes[i] = activationDerivative(activation, z[i]!);
      above[i] = activationValue(activation, z[i]!);
    }
    layers.push({ below: h, gram, z, slopes });
    h = above;
    yield forwardReport(layer, activation, { h, slopes });
  }

  let dh: Float64Array = new Float64Array(draw('noise', 0, 1 / Math.sqrt(size)));
  for (let layer = depth; layer >= 1; layer--) {
    const { below, gram, z, slopes } = layers[layer - 1]!;
    const dz = new Float64Array(dh.length);
    for (let i = 0; i < dz.length; i++) dz[i] = dh[i]! * slopes[i]!;
    const gramAbove = innerProducts(dz, dz, n);
    yield backwardReport(layer, { dh, gram: gramAbove, gramBelow: gram });
    if (layer === 1) return;
    const fresh = correlated(factorOf(gramAbove, n));
    // h (hᵀh)⁻¹ (zᵀdz − hᵀV) + V, with the columns of h, z, dz and V as rows.
    const known = innerProducts(dz, z, n);
    const overlap = innerProducts(fresh, below, n);
    const weights = solve(
      factorOf(gram, n),
      known.map((value, i) => value - overlap[i]!),
      n,
    );
    dh = addCombinations(fresh, weights, below, n);
  }
}

/** Units of one block: its n rows stay in the fastest memory while all pairs are taken. */
const blockUnits = 256;

/**
 * a bᵀ, [n, n], of two matrices [n, units]; the products of four rows of b are summed at once. Of
 * a aᵀ one half is the other's mirror.
 */
function innerProducts(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const units = a.length / n;
  const out = new Float64Array(n * n);
  for (let from = 0; from < units; from += blockUnits) {
    const to = Math.min(units, from + blockUnits);
    for (let i = 0; i < n; i++) {
      const row = i * units;
      const first = a === b ? i - (i % 4) : 0;
      for (let j = first; j < n; j += 4) {
        const [p, q, r, s] = four(j, n, units);
        let [sumP, sumQ, sumR, sumS] = [0, 0, 0, 0];
        for (let u = from; u < to; u++) {
          const left = a[row + u]!;
          sumP += left * b[p + u]!;
          sumQ += left * b[q + u]!;
          sumR += left * b[r + u]!;
          sumS += left * b[s + u]!;
        }
        const at = i * n + j;
        out[at]! += sumP;
        if (j + 1 < n) out[at + 1]! += sumQ;
        if (j + 2 < n) out[at + 2]! += sumR;
        if (j + 3 < n) out[at + 3]! += sumS;
      }
    }
  }
  if (a === b)
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[i * n + j] = out[j * n + i]!;
  return out;
}

/** Adds m · b to `out`, with m [n, n] and b [n, units]; four rows of b at once. Returns `out`. */
function addCombinations(
  out: Float64Array,
  m: Float64Array,
  b: Float64Array | Float32Array,
  n: number,
): Float64Array {
  const units = b.length / n;
  const weight = (i: number, j: number): number => (j < n ? m[i * n + j]! : 0);
  for (let from = 0; from < units; from += blockUnits) {
    const to = Math.min(units, from + blockUnits);
    for (let i = 0; i < n; i++) {
      const row = i * units;
      for (let j = 0; j < n; j += 4) {
        const [p, q, r, s] = four(j, n, units);
        const byP = weight(i, j);
        const byQ = weight(i, j + 1);
        const byR = weight(i, j + 2);
        const byS = weight(i, j + 3);
        if (byP === 0 && byQ === 0 && byR === 0 && byS === 0) continue;
        for (let u = from; u < to; u++) {
          out[row + u] =
            out[row + u]! + byP * b[p + u]! + byQ * b[q + u]! + byR * b[r + u]! + byS * b[s + u]!;
        }
      }
    }
  }
  return out;
}

/** Where rows j … j + 3 begin; beyond the last row the last. */
const four = (j: number, n: number, units: number): [number, number, number, number] => [
  j * units,
  Math.min(j + 1, n - 1) * units,
  Math.min(j + 2, n - 1) * units,
  Math.min(j + 3, n - 1) * units,
];

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

/** X with X L Lᵀ = B, [n, n]; columns of pivot 0 are left out. */
function solve(factor: Float64Array, b: Float64Array, n: number): Float64Array {
  const x = Float64Array.from(b);
  for (let row = 0; row < n * n; row += n) {
    for (let i = 0; i < n; i++) {
      let rest = x[row + i]!;
      for (let k = 0; k < i; k++) rest -= factor[i * n + k]! * x[row + k]!;
      x[row + i] = factor[i * n + i] === 0 ? 0 : rest / factor[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let rest = x[row + i]!;
      for (let k = i + 1; k < n; k++) rest -= factor[k * n + i]! * x[row + k]!;
      x[row + i] = factor[i * n + i] === 0 ? 0 : rest / factor[i * n + i]!;
    }
  }
  return x;
}
