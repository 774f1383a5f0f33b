import { activationDerivative, activationValue, initialize, Rng } from '../../engine/closedForms';
import type { MlpSpec } from '../../engine/types';
import { matrix, multiply, qr, singularValues, transpose, type Matrix } from './matrix';

/** What is kept of the singular values of ∂h_l/∂x, one entry a layer. */
export interface Spectrum {
  largest: number[];
  /** √ of the mean of their squares. */
  rms: number[];
  median: number[];
  smallest: number[];
  /** All of them at the last layer, the largest first. */
  last: number[];
}

/** Below this share of a layer's largest entry the triangular factor holds rounding alone. */
const ROUNDING = 1e-13;
/** Another stream than the parameters' own. */
const INPUT_STREAM = 0x5eed;

/**
 * The singular values of the Jacobian ∂h_l/∂x of a network as the engine draws it from this seed, for
 * one input x ~ N(0, I), layer after layer. The product is kept as an orthogonal times a triangular
 * matrix, so that the smallest values are no rounding errors of the largest. Biases are 0.
 */
export function* jacobianSpectra(
  { depth, width, activation, initializer }: MlpSpec,
  inputSize: number,
  seed: number,
): Generator<{ layer: number; values: number[] }> {
  const rng = new Rng(seed);
  const input = new Rng(seed ^ INPUT_STREAM);
  let h = Float64Array.from({ length: inputSize }, () => input.normal());
  let orthogonal: Matrix | null = null;
  let triangular: Matrix | null = null;
  for (let layer = 1; layer <= depth; layer++) {
    const fanIn = h.length;
    const weights = matrix(width, fanIn, initialize(initializer, [width, fanIn], rng));
    const z = multiply(weights, matrix(fanIn, 1, h)).values;
    for (let i = 0; i < width; i++) {
      const slope = activationDerivative(activation, z[i]!);
      for (let j = 0; j < fanIn; j++) weights.values[i * fanIn + j]! *= slope;
    }
    h = z.map((value) => activationValue(activation, value));
    // The first factor is wide: its singular values are those of the transposed R.
    const factor: Matrix =
      orthogonal === null ? transpose(qr(transpose(weights)).r) : multiply(weights, orthogonal);
    const { q, r } = qr(factor);
    dropRounding(r);
    orthogonal = q;
    triangular = triangular === null ? r : multiply(r, triangular);
    yield { layer, values: singularValues(triangular) };
  }
}

/** Rows of R that hold rounding alone become 0: the factor has lost rank there, as by a dead ReLU. */
function dropRounding({ rows, columns, values }: Matrix): void {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    if (row.every((value) => Math.abs(value) < ROUNDING * largest)) row.fill(0);
  }
}

export const emptySpectrum = (): Spectrum => ({
  largest: [],
  rms: [],
  median: [],
  smallest: [],
  last: [],
});

/** The spectrum with one more layer in it. */
export function withLayer(spectrum: Spectrum, values: number[]): Spectrum {
  const middle = values.length / 2;
  const median = (values[Math.floor(middle - 0.5)]! + values[Math.ceil(middle - 0.5)]!) / 2;
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return {
    largest: [...spectrum.largest, values[0]!],
    rms: [...spectrum.rms, Math.sqrt(square)],
    median: [...spectrum.median, median],
    smallest: [...spectrum.smallest, values.at(-1)!],
    last: values,
  };
}
