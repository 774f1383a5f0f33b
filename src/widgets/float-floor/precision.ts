/** The three floating-point formats, and how arithmetic in them is emulated with doubles. */

export type PrecisionName = 'float64' | 'float32' | 'float16';

export interface Precision {
  name: PrecisionName;
  /** Smallest normal number: below it, digits are lost one by one. */
  smallestNormal: number;
  /** Smallest positive number; anything at most half of it rounds to 0. */
  smallestSubnormal: number;
  largest: number;
  /** The nearest number of the format, ties to even: what storing a number does to it. */
  round: (x: number) => number;
}

const bytes = new DataView(new ArrayBuffer(8));

/**
 * The nearest binary16 number (1 sign, 5 exponent, 10 fraction bits), ties to even, subnormals
 * kept: |x| ≤ 2^−25 gives 0, |x| ≥ 65520 gives Infinity, NaN stays NaN and −0 stays −0.
 */
export function roundToFloat16(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  if (Math.abs(x) >= 65520) return x > 0 ? Infinity : -Infinity;
  bytes.setFloat64(0, x);
  const exponent = ((bytes.getUint32(0) >>> 20) & 0x7ff) - 1023;
  // Adding 1.5 · 2^52 quanta leaves no room for a fraction of a quantum, so the double addition
  // itself rounds to a whole number of them, ties to even.
  const quantum = 2 ** (Math.max(exponent, -14) - 10);
  const shift = 1.5 * 2 ** 52 * quantum;
  const rounded = x + shift - shift;
  return rounded === 0 && x < 0 ? -0 : rounded;
}

export const PRECISIONS: readonly Precision[] = [
  {
    name: 'float64',
    smallestNormal: 2 ** -1022,
    smallestSubnormal: 2 ** -1074,
    largest: Number.MAX_VALUE,
    round: (x) => x,
  },
  {
    name: 'float32',
    smallestNormal: 2 ** -126,
    smallestSubnormal: 2 ** -149,
    largest: (2 - 2 ** -23) * 2 ** 127,
    round: Math.fround,
  },
  {
    name: 'float16',
    smallestNormal: 2 ** -14,
    smallestSubnormal: 2 ** -24,
    largest: 65504,
    round: roundToFloat16,
  },
];

/**
 * The same format on hardware without subnormals: what would be smaller than the smallest normal
 * number becomes 0 when it is stored.
 */
export function flushing(precision: Precision): Precision {
  const { round, smallestNormal } = precision;
  return {
    ...precision,
    round: (x) => {
      const stored = round(x);
      return Math.abs(stored) < smallestNormal ? 0 : stored;
    },
  };
}

/**
 * Product of row-major matrices, a [rows, inner] times b [inner, columns], with every stored
 * element rounded once. In float64 sums are kept in float64; in float32 and in float16 they are
 * kept in float32 (each product and each addition rounded), as the matrix units of GPUs do.
 */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  [rows, inner, columns]: [number, number, number],
  { name, round }: Precision,
): Float64Array {
  const out = new Float64Array(rows * columns);
  const double = new Float64Array(columns);
  const single = new Float32Array(columns);
  for (let r = 0; r < rows; r++) {
    const sums = name === 'float64' ? double : single;
    sums.fill(0);
    for (let i = 0; i < inner; i++) {
      const left = a[r * inner + i]!;
      const from = i * columns;
      if (name === 'float64') {
        for (let c = 0; c < columns; c++) double[c]! += left * b[from + c]!;
      } else {
        for (let c = 0; c < columns; c++) single[c]! += Math.fround(left * b[from + c]!);
      }
    }
    for (let c = 0; c < columns; c++) out[r * columns + c] = round(sums[c]!);
  }
  return out;
}
