import { expect, test } from 'vitest';
import { thinned } from '../../../src/site/gallery/thinned';
import type { LineChartSpec } from '../../../src/kit/charts/spec';

const x = Array.from({ length: 301 }, (_, i) => i);
const chart = (y: number[]): LineChartSpec => ({
  kind: 'line',
  x: { label: 'x', scale: 'linear' },
  y: { label: 'y', scale: 'linear' },
  series: [{ id: 'a', label: 'a', role: 'problem', x, y, band: { low: y, high: y } }],
});

test('a small picture has a sixth of 301 points, its own, the last among them', () => {
  const { series } = thinned(chart(x)) as LineChartSpec;
  expect(series[0]!.x).toHaveLength(51);
  expect(series[0]!.y).toEqual(series[0]!.x);
  expect(series[0]!.band!.low).toEqual(series[0]!.x);
  expect(series[0]!.x.at(-1)).toBe(300);
});

test('keeps what is not finite, and short lines as they are', () => {
  const y = x.map((value) => (value === 7 ? NaN : value));
  expect((thinned(chart(y)) as LineChartSpec).series[0]!.x).toContain(7);
  const short = { ...chart(x), series: [{ ...chart(x).series[0]!, x: [0, 1], y: [0, 1] }] };
  expect(thinned(short)).toEqual(short);
});
