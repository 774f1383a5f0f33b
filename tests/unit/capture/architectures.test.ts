/** Steps that the engine does not have: the lowering knows kernels, not architectures. */
import * as tf from '@tensorflow/tfjs-core/dist/base';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  initialValues,
  mlpStep,
  programOf,
  runCaptured,
  runEagerly,
  useCpu,
  worstDeviation,
  type Shapes,
  type Tensors,
  type TestStep,
} from './steps.ts';

beforeAll(useCpu);

type Matrix = tf.Tensor2D;

/** Gradient descent on `loss`, a function of the named parameters. */
function descent(
  state: Shapes,
  feeds: Shapes,
  loss: (p: Tensors, inputs: Tensors) => tf.Tensor,
): TestStep {
  const names = Object.keys(state);
  return {
    state,
    feeds: { ...feeds, learningRate: [] },
    step: (inputs) => {
      const { value, grads } = tf.valueAndGrads(
        (...tensors: tf.Tensor[]) =>
          loss(
            Object.fromEntries(names.map((name, i) => [name, tensors[i]!])),
            inputs,
          ) as tf.Scalar,
      )(names.map((name) => inputs[name]!));
      const updated = names.map((name, i) => [
        name,
        tf.sub(inputs[name]!, tf.mul(inputs['learningRate']!, grads[i]!)),
      ]);
      return { loss: value, ...Object.fromEntries(updated) };
    },
  };
}

const meanSquare = (x: tf.Tensor): tf.Tensor => tf.mean(tf.square(x));

/** y = t·φ(W x + b) + (1 − t)·x with the gate t = σ(V x + c), four times (Srivastava et al. 2015). */
const highway = descent(
  { W: [24, 24], b: [24], V: [24, 24], c: [24] },
  { x: [19, 24], y: [19, 24] },
  (p, inputs) => {
    let h = inputs['x'] as Matrix;
    for (let l = 0; l < 4; l++) {
      const t = tf.sigmoid(tf.add(tf.matMul(h, p['V'] as Matrix, false, true), p['c']!));
      const candidate = tf.relu(tf.add(tf.matMul(h, p['W'] as Matrix, false, true), p['b']!));
      h = tf.add(tf.mul(t, candidate), tf.mul(tf.sub(1, t), h));
    }
    return meanSquare(tf.sub(h, inputs['y']!));
  },
);

/** W = g · V / ‖V‖ row by row (Salimans & Kingma 2016). */
const weightNormalization = descent(
  { V1: [13, 7], g1: [13], V2: [5, 13], g2: [5] },
  { x: [33, 7], y: [33, 5] },
  (p, inputs) => {
    const normalized = (V: tf.Tensor, g: tf.Tensor): Matrix =>
      tf.mul(tf.div(V, tf.sqrt(tf.sum(tf.square(V), 1, true))), tf.reshape(g, [-1, 1])) as Matrix;
    const h = tf.elu(tf.matMul(inputs['x'] as Matrix, normalized(p['V1']!, p['g1']!), false, true));
    return meanSquare(
      tf.sub(tf.matMul(h as Matrix, normalized(p['V2']!, p['g2']!), false, true), inputs['y']!),
    );
  },
);

/** An autoencoder whose decoder is the encoder's transpose. */
const tiedWeights = descent({ W: [6, 20], b: [6], c: [20] }, { x: [11, 20] }, (p, inputs) => {
  const code = tf.tanh(
    tf.add(tf.matMul(inputs['x'] as Matrix, p['W'] as Matrix, false, true), p['b']!),
  );
  const decoded = tf.add(tf.matMul(code as Matrix, p['W'] as Matrix), p['c']!);
  return meanSquare(tf.sub(decoded, inputs['x']!));
});

describe('steps that the engine does not have', () => {
  it.each(Object.entries({ highway, weightNormalization, tiedWeights }))(
    'replays %s',
    async (_, step) => {
      const { state, feeds } = initialValues(step);
      const first = worstDeviation(
        await runCaptured(step, state, () => feeds, 1),
        runEagerly(step, state, () => feeds, 1),
      );
      expect(first.value).toBeLessThan(2e-6);
      const fifth = worstDeviation(
        await runCaptured(step, state, () => feeds, 5),
        runEagerly(step, state, () => feeds, 5),
      );
      expect(fifth.value).toBeLessThan(1e-5);
    },
  );
});

it('follows a learning rate that changes on the way through 100 steps', async () => {
  const step = mlpStep({ input: 2, width: 16, depth: 3, output: 1, batch: 24 });
  const { state, feeds } = initialValues(step);
  const feedsOf = (k: number) => ({ ...feeds, learningRate: Float32Array.of(0.1 / (1 + k / 20)) });
  const actual = await runCaptured(step, state, feedsOf, 100);
  const expected = runEagerly(step, state, feedsOf, 100);
  expect(worstDeviation(actual, expected).value).toBeLessThan(2e-5);
  const constant = runEagerly(
    step,
    state,
    () => ({ ...feeds, learningRate: Float32Array.of(0.1) }),
    100,
  );
  expect(worstDeviation(constant, expected).value).toBeGreaterThan(1e-3);
});

it('writes a new state over the old one only where nothing reads the old one later', async () => {
  const swap: TestStep = {
    state: { a: [7], b: [7], previous: [7], counter: [] },
    feeds: {},
    step: ({ a, b, previous, counter }) => ({
      a: tf.add(b!, 1),
      b: tf.mul(a!, previous!),
      previous: a!,
      counter: tf.add(counter!, 1),
    }),
  };
  const { state } = initialValues(swap);
  const actual = await runCaptured(swap, state, () => ({}), 3);
  expect(
    worstDeviation(
      actual,
      runEagerly(swap, state, () => ({}), 3),
    ).value,
  ).toBe(0);
});

it('computes what never changes once, before the first step', () => {
  const step: TestStep = {
    state: { a: [8] },
    feeds: {},
    step: ({ a }) => ({
      a: tf.add(a!, tf.exp(tf.mul(tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 8]), tf.scalar(0.5)))),
    }),
  };
  const program = programOf(step);
  expect(program.prologueLength).toBeGreaterThan(0);
  expect(program.listing.map((line) => line.text)).toEqual(['add [8]']);
});

it('folds transposes into products, and bias into what a product starts from', () => {
  const program = programOf(mlpStep({ input: 4, width: 8, depth: 2, output: 3, batch: 16 }), [
    'loss',
  ]);
  const kinds = new Set(program.listing.map((line) => line.kind));
  expect([...kinds].sort()).toEqual(['map', 'matmul', 'reduce']);
  expect(program.listing[0]!.text).toBe('A·Bᵀ + C [16×4·4×8]');
  expect(program.listing.length).toBeLessThan(program.kernelCalls / 2);
});
