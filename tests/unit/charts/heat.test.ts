import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binned, combine, drawHeat, heatGeometry, mostColumns } from '../../../src/kit/charts/heat';
import { drawHistogram, histogramGeometry } from '../../../src/kit/charts/histogram';
import type { HeatMapSpec } from '../../../src/kit/charts/spec';
import { english } from '../../../src/kit/charts/words';
import { table } from '../../../src/kit/charts/table';
import { heat, histogram } from './examples';

const map = (columns: number[], row: number[], domain?: [number, number]): HeatMapSpec => ({
  ...heat,
  x: { label: 'Step', scale: 'linear', ...(domain ? { domain } : {}) },
  rows: [1],
  columns,
  values: [row],
});

describe('combine', () => {
  test('is the geometric mean of sizes', () => {
    expect(combine([1e-8, 1e-4])).toBeCloseTo(1e-6, 12);
    expect(combine([7])).toBe(7);
  });

  test.each([
    [[1, NaN, Infinity, 0], NaN],
    [[1, Infinity, 0], Infinity],
    [[1, 0, 1e-50], 0],
    [[1, 1e-50], 1e-50],
  ])('%j keeps its gravest value', (values, expected) => {
    expect(combine(values)).toBe(expected);
  });
});

describe('binned', () => {
  test('gives each step its own column where there are few', () => {
    expect(binned(map([0, 1, 2], [5, 6, 7]))).toEqual([[5, 6, 7]]);
  });

  test('repeats a step until the next one, and ends with the last', () => {
    expect(binned(map([0, 3, 4], [5, 6, 7], [0, 9]))).toEqual([[5, 5, 5, 6, 7]]);
  });

  test('never has more than 300 columns, and loses nothing special', () => {
    fc.assert(
      fc.property(fc.integer({ min: 301, max: 4000 }), fc.nat(), (length, place) => {
        const row = Array.from({ length }, () => 1e-3);
        row[place % length] = NaN;
        const [line] = binned(
          map(
            row.map((_, k) => k),
            row,
          ),
        );
        expect(line!.length).toBeLessThanOrEqual(mostColumns);
        expect(line!.filter(Number.isNaN)).toHaveLength(1);
        expect(line!.filter((v) => v > 0.99e-3 && v < 1.01e-3)).toHaveLength(line!.length - 1);
      }),
      { seed: 1 },
    );
  });

  test('shows the first step of a run as a narrow column', () => {
    const g = heatGeometry(map([0], [1], [0, 300]), english);
    expect(g.picture!.width).toBeLessThan(4);
  });
});

describe('an overlay', () => {
  const plane: HeatMapSpec = {
    ...heat,
    x: { label: 'x', scale: 'linear' },
    rows: [0, 1, 2],
    columns: [0, 1, 2],
    values: [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ],
    overlay: [
      { id: 'line', label: 'line', role: 'theory', mark: 'line', x: [0, 1, 2], y: [0, 0.5, 2] },
      {
        id: 'points',
        label: 'points',
        role: 'accent',
        mark: 'points',
        x: [1, 1],
        y: [1, 9],
        text: ['in', 'out'],
      },
    ],
  };

  test('lies where its rows and columns lie, and leaves out what is beyond them', () => {
    const { overlay, plot, yTicks } = heatGeometry(plane, english);
    const [line, points] = overlay;
    const heights = [...line!.line.matchAll(/,([\d.]+)/g)].map((match) => Number(match[1]));
    expect(heights[0]).toBeCloseTo(yTicks[0]!.at, 0);
    expect(heights[1]).toBeCloseTo((yTicks[0]!.at + yTicks[1]!.at) / 2, 0);
    expect(heights[2]).toBeCloseTo(yTicks[2]!.at, 0);
    expect(points!.labels).toEqual([
      expect.objectContaining({ text: 'in', x: plot.x + plot.width / 2 }),
    ]);
    expect(drawHeat(plane, english).inner).toContain('>in</text>');
  });

  test('of words stands in the middle of its cells, and they have no signs', () => {
    const counted: HeatMapSpec = {
      ...plane,
      values: [
        [0, 1, 1],
        [1, 1, 1],
        [1, 1, 0],
      ],
      overlay: [
        {
          ...{ id: 'counts', label: 'counts', role: 'neutral', mark: 'words' },
          ...{ x: [0, 1], y: [0, 1], text: ['none', '5'] },
        },
      ],
    };
    const { overlay, plot, signs, signKeys, xTicks, yTicks } = heatGeometry(counted, english);
    expect(overlay[0]!.points).toBe('');
    expect(overlay[0]!.labels).toEqual([
      expect.objectContaining({ text: 'none', x: xTicks[0]!.at, y: yTicks[0]!.at, centred: true }),
      expect.objectContaining({ text: '5', x: plot.x + plot.width / 2, y: yTicks[1]!.at }),
    ]);
    // The other cell that is exactly 0 keeps its sign, and so does the key.
    expect(signs.match(/M/g)).toHaveLength(1);
    expect(signKeys).toHaveLength(1);
    const none = { ...counted, values: counted.values.map((row) => row.map((one) => one || 1)) };
    none.values[0]![0] = 0;
    expect(heatGeometry(none, english).signKeys).toEqual([]);
    const { columns, rows } = table(counted, english);
    expect(columns.slice(4)).toEqual([0, 1, 2].map((row) => `${plane.y.label} ${row}, counts`));
    expect(rows.map((row) => row.slice(4))).toEqual([
      ['none', '', ''],
      ['', '5', ''],
      ['', '', ''],
    ]);
  });

  test('stands in the table, in rows of its own', () => {
    const { columns, rows } = table(plane, english);
    expect(columns.slice(4)).toEqual([
      `line: ${plane.y.label}`,
      `points: ${plane.y.label}`,
      'points',
    ]);
    expect(rows).toHaveLength(3 + 3 + 2);
    expect(rows.at(-1)).toEqual([1, '', '', '', '', 9, 'out']);
  });
});

describe('named places', () => {
  const named: HeatMapSpec = {
    ...heat,
    x: { label: 'Batch size', scale: 'linear', names: [0, 1, 2].map((k) => [k, `${3 ** k}`]) },
    y: { label: 'Norm', scale: 'linear', names: [[1, 'none']] },
    rows: [1, 2],
    columns: [0, 1],
    values: [
      [0.5, 1],
      [0.5, 1],
    ],
    gap: 1,
  };

  test('stand at the axes, in readings and in the table; others keep their numbers', () => {
    const { xTicks, yTicks, read } = heatGeometry(
      { ...named, x: { ...named.x, domain: [0, 2] } },
      english,
    );
    expect(xTicks.map(({ label }) => label)).toEqual(['1', '3', '9']);
    expect(yTicks.map(({ label }) => label)).toEqual(['none', '2']);
    expect(read(1, 0)).toMatchObject({ heading: 'Batch size 3', rows: [{ label: 'Norm none' }] });
    const { columns, rows } = table(named, english);
    expect(columns.slice(0, 3)).toEqual(['Batch size', 'Norm none', 'Norm 2']);
    expect(rows.map(([at]) => at)).toEqual(['1', '3']);
  });
});

describe('a heat map', () => {
  const g = heatGeometry(heat, english);

  test('is a picture that covers the steps so far, not the steps to come', () => {
    expect(g.picture!.width / g.plot.width).toBeCloseTo(0.5, 2);
    expect(
      heatGeometry({ ...heat, columns: [], values: [[], [], []] }, english).picture,
    ).toBeNull();
  });

  test('names the special values that occur', () => {
    expect(g.signKeys.map(({ label }) => label.text).sort()).toEqual(
      ['Inf', 'NaN', 'below what float32 holds', 'exactly 0'].sort(),
    );
    expect(heatGeometry(map([0, 1], [1, 2]), english).signKeys).toEqual([]);
  });

  test('counts nothing as 0', () => {
    const counted = heatGeometry({ ...heat, counts: true }, english);
    expect(counted.signKeys.map(({ label }) => label.text)).toContain('0');
    expect(counted.read(0, 0).rows[0]!.text).toBe('0');
  });

  test('has few elements, however many cells', () => {
    const columns = Array.from({ length: 300 }, (_, k) => k);
    const rows = Array.from({ length: 50 }, (_, k) => k + 1);
    const values = rows.map((r) => columns.map((c) => (c > 200 ? NaN : 10 ** (r / 10 - c / 50))));
    const { inner } = drawHeat({ ...heat, rows, columns, values }, english);
    expect(inner.match(/<(?!\/)/g)!.length).toBeLessThan(30);
    expect(inner.length).toBeLessThan(60_000);
  });

  test('reads a cell by layer and step', () => {
    expect(g.read(1, 1).heading).toBe('Step 1');
    expect(g.read(1, 1).rows).toMatchObject([{ label: 'Layer 2', text: '10⁻⁵' }]);
    expect(g.read(0, 0).rows[0]!.text).toBe('exactly 0');
    for (const [column, row] of [
      [0, 0],
      [3, 2],
    ] as const) {
      const { dots } = g.read(column, row);
      expect(g.find(dots[0]!.x, dots[0]!.y)).toEqual({ column, row });
    }
  });

  test('counts layers from the bottom', () => {
    const [first, , last] = g.yTicks;
    expect(first!.label).toBe('1');
    expect(first!.at).toBeGreaterThan(last!.at);
  });
});

describe('histograms', () => {
  const bars = (path: string) =>
    [...path.matchAll(/M([\d.]+),([\d.]+)V([\d.]+)H([\d.]+)/g)].map(([, x, base, top, end]) => ({
      width: Number(end) - Number(x),
      height: Number(base) - Number(top),
    }));

  test('show counts as areas: a bin three times as wide is a third as high', () => {
    const g = histogramGeometry(histogram, english);
    const [wide, narrow] = bars(g.panels[1]!.bars);
    expect(wide!.width / narrow!.width).toBeCloseTo(3, 1);
    // 30 in the wide bin, 10 in the narrow one: equal densities.
    expect(wide!.height).toBeCloseTo(narrow!.height, 1);
    const [less, more] = bars(g.panels[0]!.bars);
    expect(more!.height / less!.height).toBeCloseTo(3, 1);
  });

  test('read every panel at one place', () => {
    const { heading, rows } = histogramGeometry(histogram, english).read(1, 0);
    expect(heading).toBe('Activation 0 … 1');
    // At its middle, 0.5, the second panel's last bin begins.
    expect(rows.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      'Layer 1: 30',
      'Layer 2: 10',
    ]);
  });

  test('leave out bins that the axis cannot hold, and empty ones', () => {
    const panel = { ...histogram.panels[0]!, edges: [0, 1e-3, 1, 10], counts: [5, 0, 7] };
    const spec = { ...histogram, x: { label: '‖g‖', scale: 'log' as const }, panels: [panel] };
    expect(bars(histogramGeometry(spec, english).panels[0]!.bars)).toHaveLength(1);
    expect(drawHistogram(spec, english).inner).not.toMatch(/NaN|Infinity/);
  });
});
