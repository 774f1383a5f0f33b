import { Rng } from '../start/rng';
import { digitsScale, digitsSize, taskFacts } from '../spec/tasks';
import { oneHot, pick, sampler } from './sampling';
import type { Table } from './sampling';
import type { Load } from './task';

/** One split for every run, so that runs differ in their seed alone. */
const splitSeed = 1998;

let loading: Promise<{ train: Table; test: Table }> | null = null;

/**
 * The digits of src/engine/data, x = (pixel/16 − 0.3053)/0.3761, split at random, once for all
 * runs, into 1437 images for training and 360 for testing. Writers are on both sides, so the test
 * accuracy is optimistic.
 */
export function loadDigits(): Promise<{ train: Table; test: Table }> {
  loading ??= import('../data/digits.txt?raw')
    .then(({ default: text }) => unpack(text))
    .catch((reason: unknown) => {
      loading = null;
      throw reason;
    });
  return loading;
}

function unpack(text: string): { train: Table; test: Table } {
  const { images, pixels, train } = digitsSize;
  const { mean, std } = digitsScale;
  const classes = taskFacts.digits.classes!;
  const value = (position: number): number => text.charCodeAt(position) - 65;
  const x = new Float32Array(images * pixels);
  for (let j = 0; j < pixels; j++) {
    for (let i = 0; i < images; i++) x[i * pixels + j] = (value(j * images + i) / 16 - mean) / std;
  }
  const labels = Array.from({ length: images }, (_, i) => value(pixels * images + i));
  const table = {
    x,
    y: oneHot(labels, classes),
    rows: images,
    inputSize: pixels,
    outputSize: classes,
  };
  const order = new Rng(splitSeed).permutation(images);
  const part = (rows: Uint32Array): Table => ({
    ...table,
    ...pick(table, rows),
    rows: rows.length,
  });
  return { train: part(order.slice(0, train)), test: part(order.slice(train)) };
}

/** Classify 8 × 8 images of handwritten digits. */
export const digits: Load<unknown> = async () => {
  const { train, test } = await loadDigits();
  return { ...sampler(train), evaluation: () => ({ train, test }) };
};
