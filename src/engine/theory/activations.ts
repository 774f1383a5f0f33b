import type * as core from '@tensorflow/tfjs-core/dist/base';
import type { ActivationName } from '../spec/training';
import { erfc } from './erf';

/** The ops of tfjs in which an activation function is written; given, so that formulas load none. */
type Ops = Pick<
  typeof core,
  | 'add'
  | 'elu'
  | 'erf'
  | 'leakyRelu'
  | 'mul'
  | 'relu'
  | 'scalar'
  | 'selu'
  | 'sigmoid'
  | 'softplus'
  | 'square'
  | 'tanh'
>;

/** All that the engine knows of one activation function φ. */
interface Activation {
  /** φ(z), elementwise, any shape, in ops that tfjs can differentiate; relu′(0) = 0. */
  op(z: core.Tensor, tf: Ops): core.Tensor;
  /** φ(z) in double precision, without overflow for any finite z. */
  value(z: number): number;
  /** φ′(z) in double precision; at the kink of a ReLU the left derivative. */
  derivative(z: number): number;
  /** max |φ′|. */
  steepest: number;
}

const leakySlope = 0.01;
/** Constants of SELU (Klambauer et al. 2017). */
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;
/** Of the tanh approximation of GELU (Hendrycks & Gimpel 2016). */
const tanhGeluCubic = 0.044715;
const rootTwoOverPi = Math.sqrt(2 / Math.PI);

const sigmoid = (z: number): number =>
  z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
const sigmoidSlope = (z: number): number => {
  const s = sigmoid(-Math.abs(z));
  return s * (1 - s);
};
/** 1 − tanh² cancels for large |z|; sech² = 4e/(1 + e)² with e = exp(−2|z|) does not. */
const tanhSlope = (z: number): number => {
  const e = Math.exp(-2 * Math.abs(z));
  return (4 * e) / (1 + e) ** 2;
};
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
const cumulative = (z: number): number => 0.5 * erfc(-z / Math.SQRT2);

/** Every activation function by its name. Its words stand in the kit's catalogues, a language each. */
export const activations: Record<ActivationName, Activation> = {
  linear: { op: (z) => z, value: (z) => z, derivative: () => 1, steepest: 1 },
  sigmoid: {
    op: (z, tf) => tf.sigmoid(z),
    value: sigmoid,
    derivative: sigmoidSlope,
    steepest: 0.25,
  },
  tanh: {
    op: (z, tf) => tf.tanh(z),
    value: Math.tanh,
    derivative: tanhSlope,
    steepest: 1,
  },
  relu: {
    op: (z, tf) => tf.relu(z),
    value: (z) => Math.max(0, z),
    derivative: (z) => (z > 0 ? 1 : 0),
    steepest: 1,
  },
  leakyRelu: {
    op: (z, tf) => tf.leakyRelu(z, leakySlope),
    value: (z) => (z > 0 ? z : leakySlope * z),
    derivative: (z) => (z > 0 ? 1 : leakySlope),
    steepest: 1,
  },
  elu: {
    op: (z, tf) => tf.elu(z),
    value: (z) => (z > 0 ? z : Math.expm1(z)),
    derivative: (z) => (z > 0 ? 1 : Math.exp(z)),
    steepest: 1,
  },
  selu: {
    op: (z, tf) => tf.selu(z),
    value: (z) => seluScale * (z > 0 ? z : seluAlpha * Math.expm1(z)),
    derivative: (z) => seluScale * (z > 0 ? 1 : seluAlpha * Math.exp(z)),
    steepest: seluScale * seluAlpha,
  },
  // z·Φ(z) (Hendrycks & Gimpel 2016).
  gelu: {
    op: (z, tf) =>
      tf.mul(
        tf.mul(z, tf.scalar(0.5)),
        tf.add(tf.erf(tf.mul(z, tf.scalar(Math.SQRT1_2))), tf.scalar(1)),
      ),
    value: (z) => z * cumulative(z),
    derivative: (z) => cumulative(z) + z * density(z),
    steepest: 1.1289,
  },
  geluTanh: {
    op: (z, tf) => {
      const inner = tf.mul(z, tf.add(tf.mul(tf.square(z), tf.scalar(tanhGeluCubic)), tf.scalar(1)));
      return tf.mul(
        tf.mul(z, tf.scalar(0.5)),
        tf.add(tf.tanh(tf.mul(inner, tf.scalar(rootTwoOverPi))), tf.scalar(1)),
      );
    },
    value: (z) => 0.5 * z * (1 + Math.tanh(rootTwoOverPi * (z + tanhGeluCubic * z ** 3))),
    derivative: (z) => {
      const u = rootTwoOverPi * (z + tanhGeluCubic * z ** 3);
      const slope = rootTwoOverPi * (1 + 3 * tanhGeluCubic * z * z);
      return 0.5 * (1 + Math.tanh(u)) + 0.5 * z * tanhSlope(u) * slope;
    },
    steepest: 1.129,
  },
  silu: {
    op: (z, tf) => tf.mul(z, tf.sigmoid(z)),
    value: (z) => z * sigmoid(z),
    derivative: (z) => sigmoid(z) + z * sigmoidSlope(z),
    steepest: 1.0998,
  },
  softplus: {
    op: (z, tf) => tf.softplus(z),
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    derivative: sigmoid,
    steepest: 1,
  },
};

/** φ(z) in double precision, without overflow for any finite z. */
export const activationValue = (name: ActivationName, z: number): number =>
  activations[name].value(z);

/** φ′(z) in double precision; at the kink of a ReLU the left derivative. */
export const activationDerivative = (name: ActivationName, z: number): number =>
  activations[name].derivative(z);
