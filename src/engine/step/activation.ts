import type { ActivationName } from '../spec/training';
import { activations } from '../theory/activations';
import * as tf from './tf';

/** h = φ(z), elementwise, any shape. */
export const activationOp =
  (name: ActivationName) =>
  (z: tf.Tensor): tf.Tensor =>
    activations[name].op(z, tf);
