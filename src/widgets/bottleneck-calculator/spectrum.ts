import {
  identity,
  matrix,
  multiply,
  Rng,
  singularValues,
  type Matrix,
} from '../../engine/closedForms';

/** What one random block does to small changes of its input. */
export interface Spectrum {
  /** Channels of the block that was drawn, outside and inside. */
  channels: number;
  inner: number;
  /** Singular values of the branch's Jacobian, the largest first. */
  branch: number[];
  /** Of the block's, with the identity shortcut. */
  block: number[];
  /** Of the branch of two convolutions that are as wide as the outside. */
  wide: number[];
}

/** So many channels at most: the work grows with their cube. */
const MOST = 64;

/** Singular values below this share of the largest are rounding. */
const ROUNDING = 1e-12;

/** A block of at most 64 channels, cut down in the ratio of outer and inner channels. */
export const drawnShape = (outer: number, inner: number): { channels: number; inner: number } => {
  const channels = Math.min(MOST, outer);
  return { channels, inner: Math.max(1, Math.round((channels * inner) / outer)) };
};

/** He-normal weights, [fanOut, fanIn]. */
const draw = (rng: Rng, fanOut: number, fanIn: number): Matrix => {
  const std = Math.sqrt(2 / fanIn);
  return matrix(
    fanOut,
    fanIn,
    Array.from({ length: fanOut * fanIn }, () => std * rng.normal()),
  );
};

/** The rows of units that ReLU switches off at these pre-activations become 0. */
function masked(jacobian: Matrix, preActivation: Matrix): Matrix {
  const { rows, columns, values } = jacobian;
  return matrix(
    rows,
    columns,
    values.map((value, i) => (preActivation.values[Math.floor(i / columns)]! > 0 ? value : 0)),
  );
}

const relu = ({ rows, columns, values }: Matrix): Matrix =>
  matrix(
    rows,
    columns,
    values.map((value) => Math.max(0, value)),
  );

/** The Jacobian of weights with ReLU between them, but not behind the last, at an input [fanIn, 1]. */
function jacobianOf(weights: readonly Matrix[], input: Matrix): Matrix {
  let jacobian = identity(input.rows);
  let activation = input;
  weights.forEach((weight, index) => {
    const preActivation = multiply(weight, activation);
    jacobian = multiply(weight, jacobian);
    if (index === weights.length - 1) return;
    jacobian = masked(jacobian, preActivation);
    activation = relu(preActivation);
  });
  return jacobian;
}

/** Values of a matrix's spectrum; what is rounding becomes exactly 0. */
function spectrumOf(jacobian: Matrix): number[] {
  const values = singularValues(jacobian);
  return values.map((value) => (value > ROUNDING * values[0]! ? value : 0));
}

/**
 * Draws a bottleneck and a branch of two wide convolutions by He's rule, without batch norm, and takes the
 * singular values of their Jacobians at one random input behind a ReLU. The map is the same at all places:
 * there a 3 × 3 convolution acts as the matrix that is the sum of its nine taps.
 */
export function drawSpectrum(outer: number, innerOf: number, seed: number): Spectrum {
  const { channels, inner } = drawnShape(outer, innerOf);
  const rng = new Rng(seed);
  const input = relu(
    matrix(
      channels,
      1,
      Array.from({ length: channels }, () => rng.normal()),
    ),
  );
  const branch = jacobianOf(
    [draw(rng, inner, channels), draw(rng, inner, inner), draw(rng, channels, inner)],
    input,
  );
  const wide = jacobianOf([draw(rng, channels, channels), draw(rng, channels, channels)], input);
  const one = identity(channels).values;
  const block = matrix(
    channels,
    channels,
    branch.values.map((value, i) => value + one[i]!),
  );
  return {
    ...{ channels, inner },
    branch: spectrumOf(branch),
    block: spectrumOf(block),
    wide: spectrumOf(wide),
  };
}

/** How many directions are passed on at all. */
export const rank = (values: readonly number[]): number =>
  values.filter((value) => value > 0).length;

/** Root of the mean of the squares: how long a random change becomes, on average over directions. */
export const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
