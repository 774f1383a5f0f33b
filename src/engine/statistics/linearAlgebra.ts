/** Spectra and ranks of small dense matrices, in doubles. Repeated squaring, A^(2^k), reveals the largest. */

/** Squarings; after 40 the factor in front of λ^(2^40) no longer shows in a double. */
const squarings = 40;

/**
 * Largest modulus of an eigenvalue of a square matrix [n, n], row-major: lim ‖A^k‖^(1/k) (Gelfand).
 */
export function spectralRadius(matrix: ArrayLike<number>, n: number): number {
  let power = Float64Array.from(matrix);
  // log ρ = Σ log(scale_k)/2^k, where each power is divided by its scale before it is squared.
  let logRadius = 0;
  for (let k = 0; k <= squarings; k++) {
    const scale = largest(power);
    if (scale === 0) return 0;
    if (!Number.isFinite(scale)) return NaN;
    logRadius += Math.log(scale) / 2 ** k;
    power = power.map((value) => value / scale);
    if (k < squarings) power = multiply(power, power, n);
  }
  return Math.exp(logRadius);
}

/** Largest singular value of a matrix [rows, columns], row-major. */
export function spectralNorm(matrix: ArrayLike<number>, rows: number, columns: number): number {
  const scale = largest(matrix);
  if (scale === 0) return 0;
  const gram = new Float64Array(columns * columns);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < columns; i++) {
      const a = matrix[r * columns + i]! / scale;
      for (let j = 0; j < columns; j++) {
        gram[i * columns + j] = gram[i * columns + j]! + a * (matrix[r * columns + j]! / scale);
      }
    }
  }
  return scale * Math.sqrt(spectralRadius(gram, columns));
}

/**
 * Rank of a float32 matrix [rows, columns], row-major: how many rows are left when each in turn, the
 * longest first, is taken out of the others, until none is longer than rounding would make it.
 */
export function numericalRank(matrix: ArrayLike<number>, rows: number, columns: number): number {
  const left = Array.from({ length: rows }, (_, r) =>
    Float64Array.from({ length: columns }, (_, c) => matrix[r * columns + c]!),
  );
  const lengthOf = (row: Float64Array): number => Math.hypot(...row);
  const longest = (): number =>
    left.reduce((best, row, r) => (lengthOf(row) > lengthOf(left[best]!) ? r : best), 0);
  const rounding = 2 ** -23 * Math.max(rows, columns);
  const whole = rows === 0 ? 0 : lengthOf(left[longest()]!);
  let rank = 0;
  while (left.length > 0) {
    const [row] = left.splice(longest(), 1) as [Float64Array];
    const length = lengthOf(row);
    if (!(length > rounding * whole)) break;
    rank++;
    for (const other of left) {
      let inner = 0;
      for (let c = 0; c < columns; c++) inner += row[c]! * other[c]!;
      const share = inner / (length * length);
      for (let c = 0; c < columns; c++) other[c] = other[c]! - share * row[c]!;
    }
  }
  return rank;
}

/** How many different rows a matrix [rows, columns], row-major, has. */
export function distinctRows(matrix: ArrayLike<number>, rows: number, columns: number): number {
  const seen = new Set<string>();
  for (let r = 0; r < rows; r++) {
    seen.add(Array.from({ length: columns }, (_, c) => matrix[r * columns + c]!).join());
  }
  return seen.size;
}

function largest(values: ArrayLike<number>): number {
  let max = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (!(size <= max)) max = size;
  }
  return max;
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      for (let j = 0; j < n; j++) product[i * n + j] = product[i * n + j]! + factor * b[k * n + j]!;
    }
  }
  return product;
}
