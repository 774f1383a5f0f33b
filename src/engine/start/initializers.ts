import { resolveInitializer } from '../spec/defaults';
import type { Rng } from './rng';
import type { InitializerSpec } from '../spec/training';

/**
 * Draws one tensor, row-major. A matrix is [fanOut, fanIn]; a vector counts as fanIn 1.
 *
 * | kind | distribution |
 * | --- | --- |
 * | `zeros`, `constant` | fixed |
 * | `normal` | N(0, std²) |
 * | `uniform` | U(−limit, limit) |
 * | `leCunNormal`, `leCunUniform` | variance gain²/fanIn (LeCun et al. 1998) |
 * | `glorotNormal`, `glorotUniform` | variance gain²·2/(fanIn + fanOut) (Glorot & Bengio 2010) |
 * | `heNormal`, `heUniform` | variance gain²·2/fanIn (He et al. 2015) |
 * | `orthogonal` | gain times a matrix with orthonormal rows or columns, Haar-distributed (Saxe et al. 2014) |
 * | `identity` | gain on the diagonal, 0 elsewhere (Le et al. 2015) |
 * | `lsuv` | orthogonal; the caller rescales layer by layer (Mishkin & Matas 2016) |
 *
 * Normals are never truncated, so the variance is the stated one.
 */
export function initialize(
  given: InitializerSpec,
  shape: readonly number[],
  rng: Rng,
): Float32Array {
  const spec = resolveInitializer(given);
  const size = shape.reduce((product, n) => product * n, 1);
  const fanOut = shape[0]!;
  const fanIn = shape.length > 1 ? shape[1]! : 1;
  const normal = (std: number): Float32Array =>
    Float32Array.from({ length: size }, () => std * rng.normal());
  const uniform = (limit: number): Float32Array =>
    Float32Array.from({ length: size }, () => limit * (2 * rng.uniform() - 1));
  const std = (variance: number): number => Math.sqrt(variance);

  switch (spec.kind) {
    case 'zeros':
      return new Float32Array(size);
    case 'constant':
      return new Float32Array(size).fill(spec.value);
    case 'normal':
      return normal(spec.std);
    case 'uniform':
      return uniform(spec.limit);
    case 'leCunNormal':
      return normal(spec.gain * std(1 / fanIn));
    case 'leCunUniform':
      return uniform(spec.gain * std(3 / fanIn));
    case 'glorotNormal':
      return normal(spec.gain * std(2 / (fanIn + fanOut)));
    case 'glorotUniform':
      return uniform(spec.gain * std(6 / (fanIn + fanOut)));
    case 'heNormal':
      return normal(spec.gain * std(2 / fanIn));
    case 'heUniform':
      return uniform(spec.gain * std(6 / fanIn));
    case 'orthogonal':
      return orthogonal(fanOut, fanIn, spec.gain, rng);
    case 'identity': {
      const values = new Float32Array(size);
      for (let i = 0; i < Math.min(fanOut, fanIn); i++) values[i * fanIn + i] = spec.gain;
      return values;
    }
    case 'lsuv':
      return orthogonal(fanOut, fanIn, 1, rng);
  }
}

/**
 * The Q of a normal matrix's QR decomposition with R's diagonal positive, which makes it
 * Haar-distributed; transposed where it is wide. Modified Gram–Schmidt, each vector orthogonalized
 * twice, in doubles.
 */
function orthogonal(rows: number, columns: number, gain: number, rng: Rng): Float32Array {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  for (let k = 0; k < count; k++) {
    const v = Float64Array.from({ length }, () => rng.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const u of vectors) {
        const projection = dot(u, v);
        for (let i = 0; i < length; i++) v[i] = v[i]! - projection * u[i]!;
      }
    }
    const norm = Math.sqrt(dot(v, v));
    for (let i = 0; i < length; i++) v[i] = v[i]! / norm;
    vectors.push(v);
  }
  const result = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      result[r * columns + c] = gain * (rows <= columns ? vectors[r]![c]! : vectors[c]![r]!);
    }
  }
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}
