import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineGeometry } from '../../../src/kit/charts/line';
import { spread } from '../../../src/kit/charts/lineKeys';
import { runsOf, thin } from '../../../src/kit/charts/linePaths';
import { signs } from '../../../src/kit/charts/shapes';
import { shareAxes } from '../../../src/kit/charts/share';
import type { LineChartSpec, Series } from '../../../src/kit/charts/spec';
import { english } from '../../../src/kit/charts/words';
import { line } from './examples';

const draw = (spec: LineChartSpec) => lineGeometry(spec, english);
const one = (y: number[], more: Partial<Series> = {}, scale: 'linear' | 'log' = 'log') =>
  draw({
    kind: 'line',
    x: { label: 'Step', scale: 'linear' },
    y: { label: 'Loss', scale },
    series: [{ id: 's', label: 's', role: 'problem', x: y.map((_, k) => k), y, ...more }],
  });
/** The places a path goes to, in the drawing's units; arcs are relative and left out. */
const points = (path: string) =>
  [...path.replace(/a[^Mz]*/g, '').matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  );

describe('special values', () => {
  test.each([
    ['exactly 0', 0, '0', 'exactly 0'],
    ['Infinity', Infinity, 'Inf', null],
    ['−Infinity', -Infinity, '−Inf', null],
    ['NaN', NaN, 'NaN', null],
    ['a negative number', -3, '< 0', 'negative'],
  ])('%s on a log axis is a sign in a row with its word', (_, value, tick, note) => {
    const g = one([1, 0.5, value, 0.1]);
    expect(g.yTicks.map(({ label }) => label)).toContain(tick);
    expect(g.notes.map(({ text }) => text)).toEqual(note ? [note] : []);
    const row = g.yTicks.find(({ label }) => label === tick)!.at;
    const drawn = points(g.series[0]!.signs);
    expect(drawn.length).toBeGreaterThan(0);
    for (const [, y] of drawn) expect(Math.abs(y - row)).toBeLessThan(5);
    // The row stands clear of the axis' own values.
    for (const [, y] of points(g.series[0]!.line)) expect(Math.abs(y - row)).toBeGreaterThan(8);
  });

  test('each kind has a sign of its own form', () => {
    const forms = Object.values(signs).map((sign) => sign(0, 0, 10));
    expect(forms).toHaveLength(6);
    expect(new Set(forms).size).toBe(6);
  });

  test('a number below float32 keeps its place, with a sign and its words', () => {
    const g = one([1, 1e-20, 1e-50], { mark: 'both' });
    expect(g.notes.map(({ text }) => text)).toEqual(['below what float32 holds']);
    const end = points(g.series[0]!.line).at(-1)!;
    const [first] = points(g.series[0]!.signs);
    expect(Math.abs(first![1] - end[1])).toBeLessThan(5);
    // Two ordinary points of the three: a closed circle each.
    expect(g.series[0]!.points.match(/z/g)).toHaveLength(2);
  });

  test('0 and negative numbers are ordinary on a linear axis', () => {
    const g = one([0, -1, 1], {}, 'linear');
    expect(g.series[0]!.signs).toBe('');
    expect(points(g.series[0]!.line)).toHaveLength(3);
  });

  test('the line breaks where they are, and starts again behind', () => {
    expect(one([1, 2, NaN, 4, Infinity, 6]).series[0]!.line.match(/M/g)).toHaveLength(3);
  });

  test('a run of nothing else is drawn: every value is there as a sign', () => {
    const g = one([NaN, NaN, NaN]);
    expect(g.series[0]!.line).toBe('');
    expect(g.series[0]!.signs).not.toBe('');
  });

  test('no number breaks the drawing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double(), { maxLength: 30 }),
        fc.constantFrom('linear' as const, 'log' as const),
        fc.constantFrom('line' as const, 'points' as const, 'both' as const),
        (y, scale, mark) => {
          const band = { low: y.map((v) => v - 1), high: y.map((v) => v + 1) };
          const g = one(y, { mark, band }, scale);
          expect(JSON.stringify(g)).not.toMatch(/NaN,|,NaN|Infinity|undefined/);
          for (const { at } of [...g.xTicks, ...g.yTicks]) expect(Number.isFinite(at)).toBe(true);
          for (let column = 0; column < g.columns; column++)
            expect(g.read(column, 0).rows).toHaveLength(1);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('bands', () => {
  test('break at NaN and reach the edge of the plot at 0 and Infinity', () => {
    const { band } = draw(line).series[1]!;
    expect(band.match(/z/g)).toHaveLength(2);
    const heights = points(band).map(([, y]) => y);
    expect(Math.max(...heights)).toBe(1000);
    expect(Math.min(...heights)).toBe(-1000);
  });
});

describe('names', () => {
  const named = (labels: string[]) =>
    draw({
      ...line,
      references: [],
      series: labels.map((label, k) => ({
        ...{ id: label, label, role: 'cure', x: [0, 1], y: [1, 2 + k / 1000] },
      })),
    });

  test('stand beside the lines where they are short, without touching', () => {
    const g = named(['a', 'b', 'c', 'd']);
    for (const { label } of g.keys) expect(label.x).toBeGreaterThan(g.plot.x + g.plot.width);
    const heights = g.keys.map(({ label }) => label.y).sort((a, b) => a - b);
    heights.slice(1).forEach((y, k) => expect(y - heights[k]!).toBeGreaterThanOrEqual(15.9));
  });

  test('stand above the plot where they are long, in as many rows as they need', () => {
    const g = named(Array.from({ length: 5 }, (_, k) => `Learning rate ${k} × the critical one`));
    for (const { label } of g.keys) expect(label.y).toBeLessThan(g.plot.y);
    expect(new Set(g.keys.map(({ label }) => label.y)).size).toBeGreaterThan(1);
  });

  test('a second series of a role differs in more than its name', () => {
    expect(named(['a', 'b', 'c']).series.map(({ variant }) => variant)).toEqual([0, 1, 2]);
  });

  test('a single series needs none', () => {
    expect(named(['a']).keys).toEqual([]);
  });
});

test('spread keeps order, gap and bounds', () => {
  const height = fc.double({ min: 0, max: 200, noNaN: true });
  fc.assert(
    fc.property(fc.array(height, { minLength: 1, maxLength: 8 }), (wanted) => {
      const placed = spread(wanted, 16, 0, 200);
      const sorted = [...placed].sort((a, b) => a - b);
      sorted.slice(1).forEach((y, k) => expect(y - sorted[k]!).toBeGreaterThan(15.999));
      for (const y of placed) expect(y >= -1e-9 && y <= 200 + 1e-9).toBe(true);
      wanted.forEach((a, i) =>
        wanted.forEach((b, j) => {
          if (a < b) expect(placed[i]).toBeLessThan(placed[j]!);
        }),
      );
    }),
    { seed: 1 },
  );
});

test('thin keeps first, lowest, highest and last of each unit of width', () => {
  const many = Array.from({ length: 1000 }, (_, k): [number, number] => [k / 500, Math.sin(k * k)]);
  const kept = thin(many);
  expect(kept.length).toBeLessThanOrEqual(8);
  expect(kept[0]).toEqual(many[0]);
  expect(kept.at(-1)).toEqual(many.at(-1));
  const heights = (list: [number, number][]) => list.map(([, y]) => y);
  expect(Math.max(...heights(kept as [number, number][]))).toBe(Math.max(...heights(many)));
  expect(Math.min(...heights(kept as [number, number][]))).toBe(Math.min(...heights(many)));
  expect(thin(many.slice(0, 3))).toEqual(many.slice(0, 3));
});

test('runsOf splits at gaps', () => {
  const runs = runsOf(6, (k) => (k === 2 || k === 3 ? null : [k, k]));
  expect(runs.map((run) => run.map(([x]) => x))).toEqual([
    [0, 1],
    [4, 5],
  ]);
});

test('references outside a given domain are left out', () => {
  const y = { ...line.y, domain: [1e-60, 1e13] as [number, number] };
  const { references } = draw({ ...line, y });
  expect(references.map(({ label }) => label.text)).not.toContain(line.references![2]!.label);
  expect(references).toHaveLength(2);
});

test('reads the values at a place, special ones by their word', () => {
  const g = draw(line);
  expect(g.columns).toBe(5);
  expect(g.read(2, 0)).toMatchObject({ heading: 'Step 2' });
  expect(g.read(2, 0).rows.map(({ label, text }) => `${label} ${text}`)).toEqual([
    'problem Inf',
    'cure 0.1',
  ]);
  expect(g.read(3, 0).rows.map(({ text }) => text)).toEqual(['NaN', 'exactly 0']);
  expect(g.read(4, 0).rows[1]!.text).toBe('10⁻⁵⁰ (below what float32 holds)');
  for (let column = 0; column < 5; column++)
    expect(g.find(g.read(column, 0).x + 1, 0).column).toBe(column);
});

test('shareAxes gives neighbours the same ticks at the same places', () => {
  const chart = (y: number[]): LineChartSpec => ({
    ...line,
    references: [],
    series: [{ id: 's', label: 's', role: 'cure', x: y.map((_, k) => k), y }],
  });
  const [a, b] = shareAxes([chart([1, 10]), chart([1e-6, 1e-3, 1])]).map(draw);
  expect(a!.yTicks).toEqual(b!.yTicks);
  expect(a!.xTicks).toEqual(b!.xTicks);
  expect(draw(chart([1, 10])).yTicks).not.toEqual(a!.yTicks);
});

describe('points with names', () => {
  const names = ['first', 'second', 'lost'];
  const g = one([3, 1, NaN], { mark: 'points', names }, 'linear');

  test('have them beside them, where they stand in the plot', () => {
    expect(g.notes.map(({ text }) => text)).toEqual(expect.arrayContaining(['first', 'second']));
    expect(g.notes.map(({ text }) => text)).not.toContain('lost');
  });

  test('are read by them', () => {
    expect(g.read(1, 0).rows).toEqual([expect.objectContaining({ label: 'second', text: '1' })]);
  });
});
