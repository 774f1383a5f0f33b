import type { ActivationName } from '../types';

const leakySlope = 0.01;
/** Constants of SELU (Klambauer et al. 2017). */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;
const tanhGeluCubic = 0.044715;
const rootTwoOverPi = Math.sqrt(2 / Math.PI);

const sigmoid = (z: number): number =>
  z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
const cumulative = (z: number): number => 0.5 * erfc(-z / Math.SQRT2);

/** φ(z) in double precision, without overflow for any finite z. */
export function activationValue(name: ActivationName, z: number): number {
  switch (name) {
    case 'linear':
      return z;
    case 'sigmoid':
      return sigmoid(z);
    case 'tanh':
      return Math.tanh(z);
    case 'relu':
      return Math.max(0, z);
    case 'leakyRelu':
      return z > 0 ? z : leakySlope * z;
    case 'elu':
      return z > 0 ? z : Math.expm1(z);
    case 'selu':
      return seluScale * (z > 0 ? z : seluAlpha * Math.expm1(z));
    case 'gelu':
      return z * cumulative(z);
    case 'geluTanh':
      return 0.5 * z * (1 + Math.tanh(rootTwoOverPi * (z + tanhGeluCubic * z ** 3)));
    case 'silu':
      return z * sigmoid(z);
    case 'softplus':
      return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }
}

/** φ′(z); at the kink of a ReLU the left derivative. */
export function activationDerivative(name: ActivationName, z: number): number {
  switch (name) {
    case 'linear':
      return 1;
    case 'sigmoid': {
      const s = sigmoid(-Math.abs(z));
      return s * (1 - s);
    }
    case 'tanh': {
      // 1 − tanh² cancels for large |z|; sech² = 4e/(1 + e)² with e = exp(−2|z|) does not.
      const e = Math.exp(-2 * Math.abs(z));
      return (4 * e) / (1 + e) ** 2;
    }
    case 'relu':
      return z > 0 ? 1 : 0;
    case 'leakyRelu':
      return z > 0 ? 1 : leakySlope;
    case 'elu':
      return z > 0 ? 1 : Math.exp(z);
    case 'selu':
      return seluScale * (z > 0 ? 1 : seluAlpha * Math.exp(z));
    case 'gelu':
      return cumulative(z) + z * density(z);
    case 'geluTanh': {
      const u = rootTwoOverPi * (z + tanhGeluCubic * z ** 3);
      const slope = rootTwoOverPi * (1 + 3 * tanhGeluCubic * z * z);
      return 0.5 * (1 + Math.tanh(u)) + 0.5 * z * activationDerivative('tanh', u) * slope;
    }
    case 'silu': {
      const s = sigmoid(z);
      return s + z * activationDerivative('sigmoid', z);
    }
    case 'softplus':
      return sigmoid(z);
  }
}

/** The error function 2/√π ∫₀ˣ e^(−t²) dt, to double precision. */
export function erf(x: number): number {
  return Math.abs(x) < 2 ? erfSeries(x) : Math.sign(x) * (1 - erfcFraction(Math.abs(x)));
}

/** 1 − erf(x), without cancellation for large x. */
function erfc(x: number): number {
  if (x < 2) return 1 - erf(x);
  return erfcFraction(x);
}

/** e^(−x²)·2x/√π · Σ (2x²)ⁿ/(2n + 1)!!, all terms positive. */
function erfSeries(x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x) * sum;
}

/** The continued fraction of erfc for x ≥ 2, from its end. */
function erfcFraction(x: number): number {
  if (x > 27) return 0;
  let tail = 0;
  for (let n = 120; n >= 1; n--) tail = n / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}
