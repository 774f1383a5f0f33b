import { describe, expect, it } from 'vitest';
import type { HeatMapSpec, LineChartSpec } from '../../../src/kit/charts/spec';
import { mergeCharts } from '../../../src/kit/merge';

const line = (x: number[], y: number[], theory: number[] = []): LineChartSpec => ({
  kind: 'line',
  x: { label: 'x', scale: 'linear' },
  y: { label: 'y', scale: 'linear' },
  series: [
    { id: 'a', label: 'A', role: 'problem', x, y },
    { id: 't', label: 'T', role: 'theory', x: theory.map((_, i) => i), y: theory },
  ],
});

const merged = (charts: LineChartSpec[]) => (mergeCharts(charts) as LineChartSpec).series[0]!;

describe('merging charts over seeds', () => {
  it('draws the median with a band from the smallest to the largest', () => {
    const all = [
      line([0, 1], [1, 10], [7]),
      line([0, 1], [3, 30], [8]),
      line([0, 1], [2, 20], [9]),
    ];
    expect(mergeCharts(all)).toMatchObject({
      series: [
        { id: 'a', x: [0, 1], y: [2, 20], band: { low: [1, 10], high: [3, 30] } },
        { id: 't', y: [8] },
      ],
    });
    expect((mergeCharts(all) as LineChartSpec).series[1]).not.toHaveProperty('band');
  });

  it('counts a run that ended early as NaN from there on', () => {
    const { x, y, band } = merged([line([0], [1]), line([0], [1]), line([0, 1], [1, 5])]);
    expect({ x, y }).toEqual({ x: [0, 1], y: [1, NaN] });
    expect(band).toEqual({ low: [1, 5], high: [1, 5] });
  });

  it('matches values by their x, not by their number', () => {
    // The first run broke at step 5 and has frames before that which the others lack.
    const { x, y, band } = merged([
      line([0, 3, 4, 5], [1, 2, 100, 200]),
      line([0, 3, 6, 9], [1, 4, 8, 16]),
      line([0, 3, 6, 9], [1, 3, 9, 27]),
    ]);
    expect(x).toEqual([0, 3, 6, 9]);
    expect(y).toEqual([1, 3, 9, 27]);
    expect(band!.high).toEqual([1, 4, 9, 27]);
  });

  it('keeps an x that comes twice', () => {
    const { x, y } = merged([line([0, 0, 1], [1, 2, 3]), line([0, 0, 1], [3, 4, 5])]);
    expect({ x, y }).toEqual({ x: [0, 0, 1], y: [2, 3, 4] });
  });

  it('merges heat maps by their columns', () => {
    const heat = (columns: number[], values: number[]): HeatMapSpec => ({
      kind: 'heat',
      x: { label: 'Step', scale: 'linear' },
      y: { label: 'Layer', scale: 'linear' },
      rows: [1],
      columns,
      values: [values],
      valueLabel: 'size',
    });
    expect(
      mergeCharts([
        heat([0, 2, 3], [1, 5, 9]),
        heat([0, 2, 4], [3, 7, 8]),
        heat([0, 2, 4], [2, 6, 7]),
      ]),
    ).toMatchObject({ columns: [0, 2, 4], values: [[2, 6, 8]] });
  });
});
