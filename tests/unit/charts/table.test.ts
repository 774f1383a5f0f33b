import { describe, expect, test } from 'vitest';
import { lineGeometry } from '../../../src/kit/charts/line';
import { excerpt, table } from '../../../src/kit/charts/table';
import { valueText } from '../../../src/kit/charts/values';
import { english } from '../../../src/kit/charts/words';
import { heat, histogram, line } from './examples';

describe('the table behind a chart', () => {
  test('has a row for each x and a column for each series and end of a band', () => {
    const { columns, rows } = table(line, english);
    expect(columns).toEqual(['Step', 'problem', 'cure', 'cure, lowest', 'cure, highest', 'theory']);
    expect(rows).toEqual([
      [0, 1, 1, 0.5, 2, 1],
      [1, 1e3, 0.5, 0.2, 1, ''],
      [2, Infinity, 0.1, 0, Infinity, ''],
      [3, NaN, 0, NaN, NaN, ''],
      [4, NaN, 1e-50, 1e-50, 1, 1e12],
    ]);
  });

  test('has no column for a region that is only shaded', () => {
    const series = line.series.map((one) => ({
      ...one,
      ...(one.band && { band: { ...one.band, shade: true } }),
    }));
    expect(table({ ...line, series }, english).columns).toEqual([
      'Step',
      'problem',
      'cure',
      'theory',
    ]);
  });

  test('says what the chart says at every place', () => {
    const g = lineGeometry(line, english);
    const { columns, rows, sizes } = table(line, english);
    rows.forEach((row, k) => {
      for (const { label, text } of g.read(k, 0).rows) {
        const column = columns.indexOf(label);
        expect(valueText(row[column] as number, sizes[column]!, english)).toBe(text);
      }
    });
  });

  test('keeps both values where a series has an x twice, and the order of x', () => {
    const series = [{ ...line.series[0]!, x: [2, 1, 1], y: [20, 10, 11] }];
    expect(table({ ...line, series }, english).rows).toEqual([
      [1, 10],
      [1, 11],
      [2, 20],
    ]);
  });

  test('tells sizes from places', () => {
    const log = { ...line, y: { ...line.y, scale: 'log' as const } };
    expect(table(log, english).sizes).toEqual([false, true, true, true, true, true]);
    const { label } = line.series[0]!;
    const over = { id: 'o', label, role: 'theory' as const, mark: 'line' as const, x: [1], y: [2] };
    expect(table({ ...heat, overlay: [over] }, english).sizes).toEqual([false, true, true, true]);
  });

  test('names each point of a series that has names', () => {
    const series = [{ ...line.series[0]!, x: [1, 2], y: [10, 20], names: ['a', 'b'] }];
    const { columns, rows } = table({ ...line, series }, english);
    expect(columns).toEqual(['Step', 'problem: which', 'problem']);
    expect(rows).toEqual([
      [1, 'a', 10],
      [2, 'b', 20],
    ]);
  });

  test('of a heat map has a row for each step and a column for each layer', () => {
    const { columns, rows } = table(heat, english);
    expect(columns).toEqual(['Step', 'Layer 1', 'Layer 2', 'Layer 3']);
    expect(rows[1]).toEqual([1, 0, 1e-5, 10]);
    expect(rows[3]).toEqual([3, 0, 1e-50, Infinity]);
    expect(rows).toHaveLength(5);
  });

  test('of histograms has a row for each bin', () => {
    expect(table(histogram, english).rows).toEqual([
      ['Layer 1', -1, 0, 10],
      ['Layer 1', 0, 1, 30],
      ['Layer 2', -1, 0.5, 30],
      ['Layer 2', 0.5, 1, 10],
    ]);
  });
});

describe('an excerpt', () => {
  const rows = Array.from({ length: 301 }, (_, k) => [k, k >= 137 ? NaN : k]);

  test('has the first, the last and the first non-finite row', () => {
    const part = excerpt(rows, 31);
    expect(part.length).toBeLessThanOrEqual(33);
    expect(part[0]).toBe(rows[0]);
    expect(part.at(-1)).toBe(rows[300]);
    expect(part).toContain(rows[137]);
  });

  test('is everything where that is little', () => {
    expect(excerpt(rows.slice(0, 31), 31)).toEqual(rows.slice(0, 31));
  });
});
