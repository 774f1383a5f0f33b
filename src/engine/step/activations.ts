import type { ActivationName } from '../types';
import {
  add,
  elu,
  erf,
  leakyRelu,
  mul,
  relu,
  scalar,
  selu,
  sigmoid,
  softplus,
  square,
  tanh,
} from './tf';
import type { Tensor } from './tf';

/** Slope of leaky ReLU for negative inputs. */
export const leakyReluSlope = 0.01;

/**
 * h = φ(z), elementwise, any shape. Written in ops that tfjs can differentiate; relu′(0) = 0.
 * GELU is z·Φ(z) by erf (Hendrycks & Gimpel 2016), `geluTanh` their tanh approximation.
 */
export const activations: Record<ActivationName, (z: Tensor) => Tensor> = {
  linear: (z) => z,
  sigmoid: (z) => sigmoid(z),
  tanh: (z) => tanh(z),
  relu: (z) => relu(z),
  leakyRelu: (z) => leakyRelu(z, leakyReluSlope),
  elu: (z) => elu(z),
  selu: (z) => selu(z),
  gelu: (z) => mul(mul(z, scalar(0.5)), add(erf(mul(z, scalar(Math.SQRT1_2))), scalar(1))),
  geluTanh: (z) => {
    const inner = mul(z, add(mul(square(z), scalar(0.044715)), scalar(1)));
    return mul(
      mul(z, scalar(0.5)),
      add(tanh(mul(inner, scalar(Math.sqrt(2 / Math.PI)))), scalar(1)),
    );
  },
  silu: (z) => mul(z, sigmoid(z)),
  softplus: (z) => softplus(z),
};
