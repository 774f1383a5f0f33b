import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { digitsSize } from '../../../src/engine/spec/tasks';
import { loadTask } from '../../../src/engine/tasks';
import { loadDigits } from '../../../src/engine/tasks/digits';
import { tasksOfRun } from '../../../src/engine/tasks/ofRun';

const folder = new URL('../../../src/engine/data/', import.meta.url);

test('the packed digits are those of the table', async () => {
  const rows = gunzipSync(readFileSync(new URL('digits.csv.gz', folder)))
    .toString('utf8')
    .trim()
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => line.trim());
  const { train, test: held } = await loadDigits();
  const unpacked = [train, held].flatMap((part) =>
    Array.from({ length: part.rows }, (_, i) => {
      const pixels = [...part.x.subarray(i * 64, i * 64 + 64)].map((x) =>
        Math.round((x * 0.3761 + 0.3053) * 16),
      );
      return [...pixels, part.y.subarray(i * 10, i * 10 + 10).indexOf(1)].join(',');
    }),
  );
  expect([train.rows, held.rows]).toEqual([digitsSize.train, digitsSize.images - digitsSize.train]);
  expect(unpacked.sort()).toEqual(rows.sort());
});

describe('batches', () => {
  test('depend on seed and step alone, and an epoch shows every image once', async () => {
    const [one, other] = [await loadTask({ kind: 'digits' }), await loadTask({ kind: 'digits' })];
    expect(other.batch(3, 77, 32)).toEqual(one.batch(3, 77, 32));
    expect(one.batch(4, 77, 32).x).not.toEqual(one.batch(3, 77, 32).x);
    const { train } = await loadDigits();
    const seen = Array.from({ length: 3 }, (_, step) => [...one.batch(1, step, 479).x]).flat();
    const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);
    expect(sorted(seen)).toEqual(sorted(train.x));
  });

  test('are drawn once for all lanes of a run that share their task', async () => {
    const load = tasksOfRun();
    const [one, other, longer] = await Promise.all(
      [5, 5, 6].map((length) => load({ kind: 'recall', length })),
    );
    expect(other!.batch(3, 0, 8)).toBe(one!.batch(3, 0, 8));
    expect(longer!.batch(3, 0, 8)).not.toEqual(one!.batch(3, 0, 8));
    const alone = await loadTask({ kind: 'recall', length: 5 });
    for (const [seed, step, size] of [
      [3, 1, 8],
      [4, 1, 8],
      [4, 1, 16],
      [3, 0, 8],
    ] as const)
      expect(one!.batch(seed, step, size)).toEqual(alone.batch(seed, step, size));
  });

  test('of recall carry the class at the first time step', async () => {
    const task = await loadTask({ kind: 'recall', length: 5 });
    const { x, y } = task.batch(1, 0, 8);
    expect(x).toHaveLength(5 * 8 * 4);
    expect([...x.subarray(0, 32)]).toEqual([...y]);
    const noise = x.subarray(32);
    const std = Math.sqrt(noise.reduce((total, value) => total + value ** 2, 0) / noise.length);
    expect(std).toBeGreaterThan(0.15);
    expect(std).toBeLessThan(0.25);
  });

  test('of adding mark one number in each half, and ask for their sum', async () => {
    const task = await loadTask({ kind: 'adding', length: 10 });
    const rows = 16;
    const { x, y } = task.batch(2, 3, rows);
    for (let i = 0; i < rows; i++) {
      const marked = Array.from({ length: 10 }, (_, t) => t).filter(
        (t) => x[(t * rows + i) * 2 + 1] === 1,
      );
      expect(marked).toHaveLength(2);
      expect(marked[0]).toBeLessThan(5);
      expect(marked[1]).toBeGreaterThanOrEqual(5);
      const sum = marked.reduce((total, t) => total + x[(t * rows + i) * 2]!, 0);
      expect(y[i]).toBeCloseTo(sum, 6);
    }
  });

  test('of delayed digits hold the image row by row, then zeros', async () => {
    const rows = await loadTask({ kind: 'delayedDigits', delay: 3, order: 'row' });
    const pixels = await loadTask({
      kind: 'delayedDigits',
      delay: 3,
      order: 'pixel',
    });
    const plain = await loadTask({ kind: 'digits' });
    const image = plain.batch(1, 0, 4).x.subarray(0, 64);
    const byRow = rows.batch(1, 0, 4).x;
    const byPixel = pixels.batch(1, 0, 4).x;
    for (let t = 0; t < 8; t++) {
      expect([...byRow.subarray(t * 32, t * 32 + 8)]).toEqual([
        ...image.subarray(t * 8, t * 8 + 8),
      ]);
    }
    expect([...byRow.subarray(8 * 32)].every((value) => value === 0)).toBe(true);
    for (let t = 0; t < 64; t++) expect(byPixel[t * 4]).toBe(image[t]);
  });
});
