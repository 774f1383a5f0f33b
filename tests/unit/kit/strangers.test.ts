import { describe, expect, test } from 'vitest';
import type { ChartSpec, Series } from '../../../src/kit/charts/spec';
import { strangers } from '../../support/strangers';

const result = {
  lanes: { problem: { steps: [0, 1, 2], loss: [2.5, 8.4e30, NaN], error: [0.25] } },
};
const chart = (series: Partial<Series>): ChartSpec => ({
  kind: 'line',
  x: { label: '', scale: 'linear' },
  y: { label: '', scale: 'linear' },
  series: [{ id: 'a', label: 'A', role: 'problem', x: [0, 1], y: [2.5, 8.4e30], ...series }],
});

describe('the numbers of a chart that its result does not hold', () => {
  test('are none where it shows the result', () => {
    expect(strangers(chart({}), result)).toEqual([]);
    expect(strangers(chart({ x: [0, 2], y: [2.5, NaN] }), result)).toEqual([]);
  });

  test('are those that were cut, rounded or made up', () => {
    expect(strangers(chart({ y: [2.5, 4] }), result)).toEqual(['a, y: 4 is not in the result']);
    expect(strangers(chart({ x: [0, 0.5] }), result)).toEqual(['a, x: 0.5 is not in the result']);
    const heat: ChartSpec = {
      kind: 'heat',
      x: { label: '', scale: 'linear' },
      y: { label: '', scale: 'linear' },
      rows: [1],
      columns: [0],
      values: [[2.4]],
      valueLabel: '',
    };
    expect(strangers(heat, result)).toEqual(['values: 2.4 is not in the result']);
    // A formula's picture may show any number; what is measured over it may not.
    const picture: ChartSpec = { ...heat, theory: true };
    expect(strangers(picture, result)).toEqual([]);
    expect(
      strangers(
        {
          ...picture,
          overlay: [{ id: 'a', label: '', role: 'problem', mark: 'points', x: [0], y: [2.4] }],
        },
        result,
      ),
    ).toEqual(['a, y: 2.4 is not in the result']);
  });

  test('may be theory', () => {
    expect(strangers(chart({ role: 'theory', y: [1.1, 1.2] }), result)).toEqual([]);
  });

  test('are none where a series says that it is derived, and is', () => {
    const mean = (2.5 + 8.4e30) / 2;
    expect(strangers(chart({ derived: 'mean', y: [2.5, mean] }), result)).toEqual([]);
    expect(strangers(chart({ derived: 'mean', y: [2.5, 3] }), result)).toHaveLength(1);
    const accuracy = { lanes: { problem: { accuracy: [0.5, 1, 0.25] } } };
    expect(strangers(chart({ derived: 'meanError', y: [0.25, 0.375] }), accuracy)).toEqual([]);
    expect(strangers(chart({ derived: 'meanError', y: [0.25, 0.4] }), accuracy)).toHaveLength(1);
    const band = { low: [2], high: [3] };
    const errors: Partial<Series> = { derived: 'standardErrors', x: [0], y: [2.5], band };
    expect(strangers(chart(errors), result)).toEqual([]);
    expect(strangers(chart({ ...errors, band: { low: [2.1], high: [3] } }), result)).toHaveLength(
      1,
    );
  });
});
