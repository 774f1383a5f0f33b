import { stream } from '../start/rng';
import type { Rng } from '../start/rng';
import { digitsSize, judgedSequences, pieceSize, taskFacts } from '../spec/tasks';
import { loadDigits } from './digits';
import { sampler } from './sampling';
import type { Batch, Load, LoadedTask } from './task';

/** Steps never reach this index, so the evaluation's sequences are new. */
const evaluationStep = 1_000_000;

/** A task whose every batch is drawn anew. */
function generated(draw: (rng: Rng, rows: number) => Batch): LoadedTask {
  return {
    batch: (seed, step, batchSize) => draw(stream(seed, 'batches', step), batchSize),
    batchKey: String,
    evaluation: (seed) => ({
      train: {
        ...draw(stream(seed, 'batches', evaluationStep), judgedSequences),
        rows: judgedSequences,
      },
      test: null,
    }),
  };
}

const recallClasses = taskFacts.recall.classes!;
const recallNoise = 0.2;

/**
 * Recall: one of 4 classes, one-hot, at the first time step, then N(0, 0.2²) on the same 4
 * channels; name the class at the end.
 */
export const recall: Load<{ kind: 'recall'; length: number }> = ({ length }) =>
  Promise.resolve(
    generated((rng, rows) => {
      const x = new Float32Array(length * rows * recallClasses);
      const y = new Float32Array(rows * recallClasses);
      for (let i = 0; i < rows; i++) {
        const label = rng.integer(recallClasses);
        x[i * recallClasses + label] = 1;
        y[i * recallClasses + label] = 1;
      }
      for (let i = rows * recallClasses; i < x.length; i++) x[i] = recallNoise * rng.normal();
      return { x, y };
    }),
  );

/**
 * The adding problem (Hochreiter & Schmidhuber 1997): a channel of uniform numbers in [0, 1] and a
 * channel that marks one number in each half; give the sum of the two marked numbers.
 */
export const adding: Load<{ kind: 'adding'; length: number }> = ({ length }) =>
  Promise.resolve(
    generated((rng, rows) => {
      const x = new Float32Array(length * rows * 2);
      const y = new Float32Array(rows);
      const half = Math.floor(length / 2);
      for (let t = 0; t < length; t++) {
        for (let i = 0; i < rows; i++) x[(t * rows + i) * 2] = rng.uniform();
      }
      for (let i = 0; i < rows; i++) {
        const marked = [rng.integer(half), half + rng.integer(length - half)];
        for (const t of marked) {
          x[(t * rows + i) * 2 + 1] = 1;
          y[i] = y[i]! + x[(t * rows + i) * 2]!;
        }
      }
      return { x, y };
    }),
  );

/**
 * Delayed digits: an image in pieces, then `delay` time steps of zeros, then the class. `order`
 * says whether a piece is a row or a pixel.
 */
export const delayedDigits: Load<{
  kind: 'delayedDigits';
  delay: number;
  order: 'row' | 'pixel';
}> = async ({ delay, order }) => {
  const { train, test } = await loadDigits();
  const sampled = sampler(train);
  const width = pieceSize[order];
  const pieces = digitsSize.pixels / width;
  const sequence = ({ x, y }: Batch): Batch => {
    const rows = x.length / digitsSize.pixels;
    const turned = new Float32Array((pieces + delay) * rows * width);
    for (let t = 0; t < pieces; t++) {
      for (let i = 0; i < rows; i++) {
        const from = i * digitsSize.pixels + t * width;
        turned.set(x.subarray(from, from + width), (t * rows + i) * width);
      }
    }
    return { x: turned, y };
  };
  return {
    batchKey: sampled.batchKey,
    batch: (seed, step, batchSize) => sequence(sampled.batch(seed, step, batchSize)),
    evaluation: () => ({
      train: { ...sequence(train), rows: train.rows },
      test: { ...sequence(test), rows: test.rows },
    }),
  };
};
