/** A run whose every bit is the same in Node and in every browser. */
import * as tf from '@tensorflow/tfjs-core/dist/base';
import {
  initialValues,
  mlpStep,
  numbers,
  runCaptured,
  type TestStep,
  type Values,
} from './steps.ts';

/** FNV-1a over the bits of all values, in the order of their names. */
function fingerprint(values: Values): string {
  let hash = 0x811c9dc5;
  for (const name of Object.keys(values).sort()) {
    for (const word of new Uint32Array(values[name]!.slice().buffer)) {
      // NaN has many bit patterns, and none of them is a result.
      const bits = (word & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : word;
      hash = Math.imul(hash ^ bits, 0x01000193) >>> 0;
    }
  }
  return hash.toString(16);
}

const functions: TestStep = {
  state: {},
  feeds: { x: [4096] },
  step: ({ x }) => {
    const wide = tf.mul(x!, 90);
    return {
      exp: tf.exp(wide),
      expm1: tf.expm1(wide),
      log: tf.log(tf.abs(wide)),
      log1p: tf.log1p(tf.abs(wide)),
      tanh: tf.tanh(tf.mul(x!, 10)),
      sigmoid: tf.sigmoid(wide),
      softplus: tf.softplus(wide),
      erf: tf.erf(tf.mul(x!, 4)),
      elu: tf.elu(wide),
      selu: tf.selu(wide),
      sin: tf.sin(wide),
      cos: tf.cos(wide),
      pow: tf.pow(tf.abs(x!), tf.mul(x!, 7)),
    };
  },
};

/** Twenty steps of eight layers, and every elementary function. */
export async function fingerprints(): Promise<{ training: string; functions: string }> {
  const step = mlpStep({ input: 3, width: 19, depth: 8, output: 2, batch: 33 });
  const { state, feeds } = initialValues(step);
  return {
    training: fingerprint(await runCaptured(step, state, () => feeds, 20)),
    functions: fingerprint(await runCaptured(functions, {}, () => ({ x: numbers(4096, 3) }), 1)),
  };
}
