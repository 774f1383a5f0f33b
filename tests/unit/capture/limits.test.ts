import * as tf from '@tensorflow/tfjs-core/dist/base';
import { beforeAll, expect, it } from 'vitest';
import {
  type CaptureError,
  captureStep,
  Replay,
  replayObstacle,
} from '../../../src/engine/capture/index.ts';
import { programOf, useCpu } from './steps.ts';

beforeAll(useCpu);

it('names the kernels that are missing and leaves the backend as it was', () => {
  const capture = () =>
    programOf({ state: {}, feeds: { x: [4, 4] }, step: ({ x }) => ({ y: tf.atan(x!) }) });
  expect(capture).toThrow('The kernel Atan cannot be captured yet.');
  try {
    capture();
  } catch (error) {
    expect((error as CaptureError).missing).toEqual(['Atan']);
  }
  expect(() =>
    programOf({
      state: {},
      feeds: { x: [4, 4], y: [4] },
      step: ({ x, y }) => ({ z: tf.asinh(tf.add(tf.atan(x!), tf.atan2(x!, y!))) }),
    }),
  ).toThrow('The kernels Atan, Atan2 and Asinh cannot be captured yet.');
  expect(capture).toThrow('The kernel Atan cannot be captured yet.');
  expect(tf.getBackend()).toBe('cpu');
  expect(Array.from(tf.add(1, 2).dataSync())).toEqual([3]);
});

it('refuses a step that reads values', () => {
  expect(() =>
    programOf({
      state: {},
      feeds: { x: [2] },
      step: ({ x }) => ({ y: tf.scalar(x!.dataSync()[0]!) }),
    }),
  ).toThrow('reads a tensor’s values');
});

it('refuses an arena beyond 1 GB before anything is allocated', () => {
  expect(() =>
    programOf({
      state: { W: [20_000, 20_000] },
      feeds: {},
      step: ({ W }) => ({ W: tf.mul(W!, 0.5) }),
    }),
  ).toThrow('needs 1.5 GB of memory for one training step; at most 1 GB is allowed');
});

it('refuses arenas beyond 1 GB together', async () => {
  const replay = await Replay.create(
    programOf({
      state: { W: [10_000, 10_000] },
      feeds: {},
      step: ({ W }) => ({ W: tf.mul(W!, 0.5) }),
    }),
  );
  replay.arena();
  replay.arena();
  expect(() => replay.arena()).toThrow('more than 1 GB of memory together');
});

it('keeps tensors from outside the step as constants and leaves them alone', async () => {
  const outside = tf.tensor1d([1, 2, 3]);
  const program = programOf({
    state: {},
    feeds: { x: [3] },
    step: ({ x }) => ({ y: tf.mul(x!, outside) }),
  });
  const arena = (await Replay.create(program)).arena();
  arena.run(1, (_, feeds) => feeds['x']!.set([5, 6, 7]));
  expect([...arena.readFrame()['y']!]).toEqual([5, 12, 21]);
  expect([...outside.dataSync()]).toEqual([1, 2, 3]);
});

it('counts, sums and takes norms in doubles where float32 has long left its range', async () => {
  const program = captureStep({
    inputs: [{ name: 'x', role: 'feed', shape: [7] }],
    step: ({ x }) => ({
      same: tf.add(x!, 0),
      big: tf.mul(x!, tf.scalar(1e30)),
      small: tf.mul(x!, tf.scalar(1e-38)),
    }),
    statistics: [
      { name: 'big', measures: ['norm', 'mean', 'zeros'] },
      { name: 'small', measures: ['norm'] },
      { name: 'same', measures: [] },
    ],
    frame: [],
  });
  const arena = (await Replay.create(program)).arena();
  arena.run(1, (_, feeds) => feeds['x']!.set([3, -4, 0, 0, 0, 12, 0]));
  const [big, small, same] = arena.summaries();
  expect(Math.sqrt(big!.squares) / 13e30).toBeCloseTo(1, 6);
  expect(Math.sqrt(small!.squares) / 13e-38).toBeCloseTo(1, 5);
  expect(big!.zeros).toBe(4);
  expect(big!.sum / 11e30).toBeCloseTo(1, 6);
  expect([big!.isFinite, small!.isFinite, same!.isFinite]).toEqual([true, true, true]);
  for (const broken of [NaN, Infinity, -Infinity]) {
    for (const place of [1, 5]) {
      const x = [1, 2, 1e-30, 0, 0, -3, 0];
      x[place] = broken;
      arena.run(1, (_, feeds) => feeds['x']!.set(x));
      expect(arena.summaries().map(({ isFinite }) => isFinite)).toEqual([false, false, false]);
    }
  }
  arena.run(1, (_, feeds) => feeds['x']!.set([3.4e38, -3.4e38, 0, 0, 0, -3.4e38, 0]));
  expect(arena.summaries().map(({ isFinite }) => isFinite)).toEqual([false, true, true]);
});

it('gives every arena its own state', async () => {
  const replay = await Replay.create(
    programOf({ state: { a: [3] }, feeds: {}, step: ({ a }) => ({ a: tf.mul(a!, 2) }) }),
  );
  const [first, second] = [replay.arena(), replay.arena()];
  first.writeState({ a: [1, 2, 3] });
  second.writeState({ a: [10, 20, 30] });
  first.run(2);
  second.run(1);
  expect([...first.readState()['a']!]).toEqual([4, 8, 12]);
  expect([...second.readState()['a']!]).toEqual([20, 40, 60]);
});

it('finds vector instructions in this environment', () => {
  expect(replayObstacle()).toBeNull();
});
