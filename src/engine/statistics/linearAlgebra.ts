/** Spectra and ranks of small dense matrices, in doubles. Repeated squaring, A^(2^k), reveals the largest. */

/** Squarings; after 40 the factor in front of λ^(2^40) no longer shows in a double. */
const squarings = 40;

/**
 * Largest modulus of an eigenvalue of a square matrix [n, n], row-major: lim ‖A^k‖^(1/k) (Gelfand).
 */
export function spectralRadius(matrix: ArrayLike<number>, n: number): number {
  return radiusOf(Float64Array.from(matrix), n, square);
}

/** Largest singular value of a matrix [rows, columns], row-major. */
export function spectralNorm(matrix: ArrayLike<number>, rows: number, columns: number): number {
  const scale = largest(matrix);
  if (scale === 0) return 0;
  const scaled = Float64Array.from(matrix, (value) => value / scale);
  const gram = new Float64Array(columns * columns);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < columns; i++) {
      const a = scaled[r * columns + i]!;
      for (let j = i; j < columns; j++)
        gram[i * columns + j] = gram[i * columns + j]! + a * scaled[r * columns + j]!;
    }
  }
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < i; j++) gram[i * columns + j] = gram[j * columns + i]!;
  return scale * Math.sqrt(radiusOf(gram, columns, squareOfSymmetric));
}

/** `spectralRadius` of a matrix that may be overwritten, with a way to square it into another. */
function radiusOf(
  matrix: Float64Array<ArrayBuffer>,
  n: number,
  squareInto: (matrix: Float64Array, n: number, result: Float64Array) => void,
): number {
  let power = matrix;
  let before = new Float64Array(n * n);
  // log ρ = Σ log(scale_k)/2^k, where each power is divided by its scale before it is squared.
  let logRadius = 0;
  let scale = 0;
  let isStill = false;
  for (let k = 0; k <= squarings; k++) {
    if (!isStill) {
      scale = largest(power);
      if (scale === 0) return 0;
      if (!Number.isFinite(scale)) return NaN;
      // A power whose square is itself again stays so.
      isStill = k > 0;
      for (let i = 0; i < power.length; i++) {
        const value = power[i]! / scale;
        if (value !== before[i]) isStill = false;
        power[i] = value;
      }
      if (!isStill && k < squarings) {
        squareInto(power, n, before);
        [power, before] = [before, power];
      }
    }
    logRadius += Math.log(scale) / 2 ** k;
  }
  return Math.exp(logRadius);
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

/** The square of a matrix [n, n], row-major. */
function square(matrix: Float64Array, n: number, result: Float64Array): void {
  result.fill(0);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = matrix[i * n + k]!;
      for (let j = 0; j < n; j++)
        result[i * n + j] = result[i * n + j]! + factor * matrix[k * n + j]!;
    }
  }
}

/** The square of a symmetric matrix [n, n], half of which is the other half; the same to the last bit. */
function squareOfSymmetric(matrix: Float64Array, n: number, result: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += matrix[i * n + k]! * matrix[j * n + k]!;
      result[i * n + j] = sum;
      result[j * n + i] = sum;
    }
  }
}
