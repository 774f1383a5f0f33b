import { expect, test } from 'vitest';
import { benchTables, type BenchRecord } from '../../../src/site/bench/results';

const one = (job: string, column: string, milliseconds: number) => ({
  job,
  column,
  milliseconds,
  ratio: milliseconds / 2,
  loss: null,
});

test('a benchmark is a table a browser: rows are ways to train, columns are jobs', () => {
  const record: BenchRecord = {
    date: '2026-11-24',
    machine: 'toy',
    cores: 2,
    load: 1,
    versions: {},
    browsers: [
      {
        browser: 'Chromium 1',
        results: [
          one('J30', 'captured', 2),
          one('J30', 'arithmetic floor', 1),
          one('J30', 'objects', 8),
          one('LSTM', 'captured', 2),
        ],
        peak: { kernel: 'tile', gigaflops: 60 },
        yardstick: null,
        seeds: null,
        statistics: null,
        profile: null,
      },
    ],
  };
  const [table] = benchTables(record);
  expect(table!.jobs).toEqual(['J30', 'LSTM']);
  expect(table!.floorShares).toEqual([0.5, null]);
  expect(table!.rows).toMatchObject([
    { column: 'captured', cells: [{ milliseconds: 2 }, { milliseconds: 2 }] },
    { column: 'arithmetic floor', cells: [{ milliseconds: 1 }, null] },
    { column: 'objects', cells: [{ milliseconds: 8, ratio: 4 }, null] },
  ]);
});
