import { stream } from '../start/rng';
import type { Batch, LoadedTask } from './task';

/** A table of rows: inputs [rows, inputSize] and targets [rows, outputSize]. */
export interface Table extends Batch {
  rows: number;
  inputSize: number;
  outputSize: number;
}

/** Picks rows of a table. */
export function pick(table: Table, rows: ArrayLike<number>): Batch {
  const { inputSize, outputSize } = table;
  const x = new Float32Array(rows.length * inputSize);
  const y = new Float32Array(rows.length * outputSize);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    // By hand: a view of each row takes longer than its numbers.
    for (let k = 0; k < inputSize; k++) x[i * inputSize + k] = table.x[row * inputSize + k]!;
    for (let k = 0; k < outputSize; k++) y[i * outputSize + k] = table.y[row * outputSize + k]!;
  }
  return { x, y };
}

/**
 * Draws batches from a table without replacement: each epoch is a new permutation of all rows, and
 * batches run on from one epoch into the next. The full table is one fixed batch.
 */
export function sampler(table: Table): Pick<LoadedTask, 'batch' | 'batchKey'> {
  const all = { x: table.x, y: table.y };
  let cached: { seed: number; epoch: number; order: Uint32Array } | null = null;
  const order = (seed: number, epoch: number): Uint32Array => {
    if (cached?.seed !== seed || cached.epoch !== epoch) {
      cached = { seed, epoch, order: stream(seed, 'batches', epoch).permutation(table.rows) };
    }
    return cached.order;
  };
  return {
    batch(seed, step, batchSize) {
      if (batchSize === table.rows) return all;
      const start = step * batchSize;
      const rows = new Uint32Array(batchSize);
      for (let i = 0; i < batchSize; i++) {
        const position = start + i;
        rows[i] = order(seed, Math.floor(position / table.rows))[position % table.rows]!;
      }
      return pick(table, rows);
    },
    batchKey: (step, batchSize) => (batchSize === table.rows ? 'all' : String(step)),
  };
}

/** Labels as rows of zeros with one 1. */
export function oneHot(labels: ArrayLike<number>, classes: number): Float32Array {
  const y = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) y[i * classes + labels[i]!] = 1;
  return y;
}
