/** Small dense matrices in doubles, row-major: what the spectrum of a long product needs. */

/** A matrix [rows, columns]. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float64Array;
}

export const matrix = (rows: number, columns: number, values?: ArrayLike<number>): Matrix => ({
  rows,
  columns,
  values: values ? Float64Array.from(values) : new Float64Array(rows * columns),
});

export function identity(n: number): Matrix {
  const result = matrix(n, n);
  for (let i = 0; i < n; i++) result.values[i * n + i] = 1;
  return result;
}

export function multiply(a: Matrix, b: Matrix): Matrix {
  const result = matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const factor = a.values[i * a.columns + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < b.columns; j++) {
        result.values[i * b.columns + j]! += factor * b.values[k * b.columns + j]!;
      }
    }
  }
  return result;
}

export function transpose(a: Matrix): Matrix {
  const result = matrix(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.columns; j++)
      result.values[j * a.rows + i] = a.values[i * a.columns + j]!;
  return result;
}

/**
 * A = QR by Householder reflections, for rows ≥ columns: Q [rows, columns] with orthonormal columns,
 * R [columns, columns] upper triangular (Golub & Van Loan, algorithm 5.2.1).
 */
export function qr(a: Matrix): { q: Matrix; r: Matrix } {
  const { rows, columns } = a;
  const work = Float64Array.from(a.values);
  const reflections: Float64Array[] = [];
  for (let k = 0; k < columns; k++) {
    const v = new Float64Array(rows);
    let square = 0;
    for (let i = k; i < rows; i++) {
      v[i] = work[i * columns + k]!;
      square += v[i]! ** 2;
    }
    v[k]! += (v[k]! < 0 ? -1 : 1) * Math.sqrt(square);
    reflections.push(v);
    reflect(v, work, columns, k);
  }
  const q = matrix(rows, columns);
  for (let i = 0; i < columns; i++) q.values[i * columns + i] = 1;
  for (let k = columns - 1; k >= 0; k--) reflect(reflections[k]!, q.values, columns, k);
  const r = matrix(columns, columns);
  for (let i = 0; i < columns; i++)
    for (let j = i; j < columns; j++) r.values[i * columns + j] = work[i * columns + j]!;
  return { q, r };
}

/** Replaces A by (I − 2vvᵀ/vᵀv) A; v is 0 before `from`. The zero vector changes nothing. */
function reflect(v: Float64Array, a: Float64Array, columns: number, from: number): void {
  let square = 0;
  for (let i = from; i < v.length; i++) square += v[i]! ** 2;
  if (square === 0) return;
  for (let j = 0; j < columns; j++) {
    let inner = 0;
    for (let i = from; i < v.length; i++) inner += v[i]! * a[i * columns + j]!;
    const factor = (2 * inner) / square;
    for (let i = from; i < v.length; i++) a[i * columns + j]! -= factor * v[i]!;
  }
}

/** Sweeps over all pairs of rows; ten are always enough for matrices of this size. */
const SWEEPS = 30;

/**
 * Singular values of a square matrix, the largest first, by one-sided Jacobi rotations of its rows.
 * Rows of very different size keep their relative precision, so that values far below 10⁻¹⁶ of the
 * largest are still right where the matrix is a triangular factor of a product (Demmel & Veselić
 * 1992).
 */
export function singularValues(a: Matrix): number[] {
  const { rows, columns } = a;
  const row = (i: number) => work.subarray(i * columns, (i + 1) * columns);
  const work = Float64Array.from(a.values);
  for (let sweep = 0, turned = true; sweep < SWEEPS && turned; sweep++) {
    turned = false;
    for (let p = 0; p < rows - 1; p++) {
      for (let q = p + 1; q < rows; q++) turned = rotate(row(p), row(q)) || turned;
    }
  }
  return Array.from({ length: rows }, (_, i) => Math.hypot(...row(i))).sort((x, y) => y - x);
}

/** Makes two rows orthogonal by a rotation; false where they already were. */
function rotate(x: Float64Array, y: Float64Array): boolean {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let j = 0; j < x.length; j++) {
    xx += x[j]! * x[j]!;
    yy += y[j]! * y[j]!;
    xy += x[j]! * y[j]!;
  }
  if (Math.abs(xy) <= 1e-14 * Math.sqrt(xx) * Math.sqrt(yy)) return false;
  const zeta = (yy - xx) / (2 * xy);
  const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (let j = 0; j < x.length; j++) {
    const before = x[j]!;
    x[j] = c * before - s * y[j]!;
    y[j] = s * before + c * y[j]!;
  }
  return true;
}
