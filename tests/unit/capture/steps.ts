/** Training steps written for these tests alone, and the means to run them eagerly and captured. */
import * as tf from '@tensorflow/tfjs-core/dist/base';
import '@tensorflow/tfjs-core/dist/base_side_effects';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-backend-cpu';
import { captureStep, Replay, type Program } from '../../../src/engine/capture/index.ts';

export type Tensors = Record<string, tf.Tensor>;
export type Values = Record<string, Float32Array>;
export type Shapes = Record<string, number[]>;

/** A step of these tests: its state, its feeds, and a pure function of both. */
export interface TestStep {
  state: Shapes;
  feeds: Shapes;
  step: (inputs: Tensors) => Tensors;
}

/** Deterministic numbers in −1 … 1, different for each seed. */
export function numbers(size: number, seed: number): Float32Array {
  let a = seed >>> 0;
  return Float32Array.from({ length: size }, () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t = (t ^ (t + Math.imul(t ^ (t >>> 7), t | 61))) >>> 0;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export async function useCpu(): Promise<void> {
  await tf.setBackend('cpu');
}

export function programOf({ state, feeds, step }: TestStep, everyStep: string[] = []): Program {
  return captureStep({
    inputs: [
      ...Object.entries(state).map(([name, shape]) => ({ name, role: 'state' as const, shape })),
      ...Object.entries(feeds).map(([name, shape]) => ({ name, role: 'feed' as const, shape })),
    ],
    step,
    everyStep,
  });
}

/** Runs `steps` steps eagerly on the cpu backend; returns state and outputs after the last. */
export function runEagerly(
  test: TestStep,
  state: Values,
  feedsOf: (step: number) => Values,
  steps: number,
): Values {
  let current = state;
  let outputs: Values = {};
  for (let k = 0; k < steps; k++) {
    const feeds = feedsOf(k);
    outputs = {};
    tf.tidy(() => {
      const inputs: Tensors = {};
      for (const [name, shape] of Object.entries(test.state))
        inputs[name] = tf.tensor(current[name]!, shape);
      for (const [name, shape] of Object.entries(test.feeds))
        inputs[name] = tf.tensor(feeds[name]!, shape);
      for (const [name, t] of Object.entries(test.step(inputs))) {
        outputs[name] = Float32Array.from(t.dataSync() as Float32Array);
      }
    });
    current = Object.fromEntries(
      Object.keys(test.state).map((name) => [name, outputs[name] ?? current[name]!]),
    );
  }
  return { ...outputs, ...current };
}

/** The same, captured. */
export async function runCaptured(
  test: TestStep,
  state: Values,
  feedsOf: (step: number) => Values,
  steps: number,
): Promise<Values> {
  const replay = await Replay.create(programOf(test));
  const arena = replay.arena();
  arena.writeState(state);
  arena.run(steps, (step, views) => {
    for (const [name, values] of Object.entries(feedsOf(step))) views[name]!.set(values);
  });
  return { ...arena.readFrame(), ...arena.readState() };
}

/** Largest difference, as a share of the tensor's largest |value|; NaN and ∞ must stand alike. */
export function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let scale = 0;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isFinite(expected[i])) scale = Math.max(scale, Math.abs(expected[i]!));
  }
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i]) || actual[i] === expected[i]) continue;
    const difference = Math.abs(actual[i]! - expected[i]!);
    worst = Math.max(worst, Number.isFinite(difference) ? difference / (scale || 1) : Infinity);
  }
  return worst;
}

export function worstDeviation(actual: Values, expected: Values): { name: string; value: number } {
  let worst = { name: '', value: 0 };
  for (const [name, values] of Object.entries(expected)) {
    const value = deviation(actual[name] ?? [], values);
    if (!(value <= worst.value)) worst = { name, value };
  }
  return worst;
}

export interface MlpShape {
  input: number;
  width: number;
  depth: number;
  output: number;
  batch: number;
  activation?: (z: tf.Tensor) => tf.Tensor;
}

/** A plain multilayer perceptron with MSE and gradient descent; weights [out, in]. */
export function mlpStep({
  input,
  width,
  depth,
  output,
  batch,
  activation = tf.tanh,
}: MlpShape): TestStep {
  const state: Shapes = {};
  for (let l = 1; l <= depth + 1; l++) {
    state[`W${l}`] = [l > depth ? output : width, l === 1 ? input : width];
    state[`b${l}`] = [l > depth ? output : width];
  }
  const names = Object.keys(state);
  return {
    state,
    feeds: { x: [batch, input], y: [batch, output], learningRate: [] },
    step: (inputs) => {
      const parameters = names.map((name) => inputs[name]!);
      const { value, grads } = tf.valueAndGrads((...ps: tf.Tensor[]) => {
        let h = inputs['x']!;
        for (let l = 0; l <= depth; l++) {
          const z = tf.add(
            tf.matMul(h as tf.Tensor2D, ps[2 * l] as tf.Tensor2D, false, true),
            ps[2 * l + 1]!,
          );
          h = l < depth ? activation(z) : z;
        }
        return tf.mean(tf.square(tf.sub(h, inputs['y']!))) as tf.Scalar;
      })(parameters);
      const outputs: Tensors = { loss: value };
      names.forEach((name, i) => {
        outputs[`grad.${name}`] = grads[i]!;
        outputs[name] = tf.sub(parameters[i]!, tf.mul(inputs['learningRate']!, grads[i]!));
      });
      return outputs;
    },
  };
}

/** Weights of about unit gain, and a batch. */
export function initialValues(
  { state, feeds }: TestStep,
  seed = 1,
): { state: Values; feeds: Values } {
  const values = (shapes: Shapes, offset: number): Values =>
    Object.fromEntries(
      Object.entries(shapes).map(([name, shape], i) => {
        const fanIn = shape.length === 2 ? shape[1]! : 1;
        const scale =
          offset === 0 && shape.length === 2 ? Math.sqrt(3 / fanIn) : shape.length === 1 ? 0.1 : 1;
        return [name, numbers(sizeOf(shape), seed * 1000 + offset + i).map((v) => v * scale)];
      }),
    );
  return {
    state: values(state, 0),
    feeds: {
      ...values(feeds, 500),
      ...('learningRate' in feeds ? { learningRate: Float32Array.of(0.05) } : {}),
    },
  };
}
