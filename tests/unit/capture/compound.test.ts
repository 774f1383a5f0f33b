/** Elementwise operations that become one step: the same bits in fewer passes. */
import * as tf from '@tensorflow/tfjs-core/dist/base';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  numbers,
  programOf,
  runCaptured,
  runEagerly,
  useCpu,
  type Tensors,
  type TestStep,
} from './steps.ts';

beforeAll(useCpu);

// A size that is no whole number of vectors.
const size = 37;
const feeds = { x: [size], y: [size], z: [size] };
const values = { x: numbers(size, 1), y: numbers(size, 2), z: numbers(size, 3) };

/** The step's maps: for each the operations it stands for and the steps it takes. */
function mapsOf(step: TestStep['step']): { operations: string; steps: number }[] {
  const { instructions, listing } = programOf({ state: {}, feeds, step });
  return listing
    .filter(({ kind }) => kind === 'map')
    .map(({ operations, begin }) => ({
      operations: operations.join(' '),
      steps: instructions[begin + 5]!,
    }));
}

async function checkBits(step: TestStep['step']): Promise<void> {
  const test = { state: {}, feeds, step };
  const captured = await runCaptured(test, {}, () => values, 1);
  expect(captured).toEqual(runEagerly(test, {}, () => values, 1));
}

type Inputs = Tensors & { x: tf.Tensor; y: tf.Tensor; z: tf.Tensor };
const cases: [operations: string, step: (inputs: Inputs) => tf.Tensor][] = [
  ['mul add', ({ x, y, z }) => tf.add(tf.mul(x, y), z)],
  ['mul add', ({ x, y, z }) => tf.add(z, tf.mul(x, y))],
  ['mul sub', ({ x, y, z }) => tf.sub(z, tf.mul(x, y))],
  ['mul mul', ({ x, y, z }) => tf.mul(tf.mul(x, y), z)],
  ['mul mul', ({ x, y, z }) => tf.mul(z, tf.mul(x, y))],
  ['square sub mul', ({ x, y }) => tf.mul(tf.sub(tf.scalar(1), tf.square(x)), y)],
  ['square sub mul', ({ x, y }) => tf.mul(y, tf.sub(tf.scalar(1), tf.square(x)))],
  ['sub mul mul', ({ x, y }) => tf.mul(y, tf.mul(x, tf.sub(tf.scalar(1), x)))],
  ['sub mul mul', ({ x, y }) => tf.mul(tf.mul(tf.sub(tf.scalar(1), x), x), y)],
];

describe('compound steps', () => {
  it.each(cases)('%s is one step with the same bits, form %#', async (operations, compute) => {
    const step = (inputs: Tensors): Tensors => ({ out: compute(inputs as Inputs) });
    expect(mapsOf(step)).toEqual([{ operations, steps: 1 }]);
    await checkBits(step);
  });

  it('leaves a product that something else reads', async () => {
    const step = ({ x, y, z }: Tensors): Tensors => {
      const product = tf.mul(x!, y!);
      return { product, sum: tf.add(product, z!) };
    };
    expect(mapsOf(step)).toEqual([{ operations: 'mul add', steps: 2 }]);
    await checkBits(step);
  });

  it('joins none of 1 − x and y that are not of one x', async () => {
    const step = ({ x, y, z }: Tensors): Tensors => ({
      out: tf.mul(z!, tf.mul(y!, tf.sub(tf.scalar(1), x!))),
    });
    expect(mapsOf(step)).toEqual([{ operations: 'sub mul mul', steps: 2 }]);
    await checkBits(step);
  });
});
