import { describe, expect, test } from 'vitest';
import type { HeatMapSpec, HistogramSpec, LineChartSpec } from '../../../../src/kit/charts/spec';
import { textOf } from '../../../../src/kit/say';
import * as figures from '../../../../src/kit/training/figures';
import { bases } from '../everySpec';
import { lane, run, say, spec } from './lanes';

const deep = lane('deep', spec(3));
const shallow = lane('shallow', spec(1, { steps: 40 }));
const recurrent = lane('rnn', bases['rnn']!);

describe('the loss', () => {
  const curves = run(
    [deep, shallow],
    [
      { steps: [0, 1], loss: [2.3, 8.4e30] },
      { steps: [0, 1], loss: [2.3, 1.5] },
    ],
  );
  test('is drawn as it was, over all steps, with the line of chance', () => {
    const chart = figures.loss().chart(curves) as LineChartSpec;
    expect(chart.series.map(({ y }) => y)).toEqual([
      [2.3, 8.4e30],
      [2.3, 1.5],
    ]);
    expect(chart.x.domain).toEqual([0, 40]);
    expect(chart.references).toEqual([{ axis: 'y', at: Math.log(10), label: 'chance, ln 10' }]);
  });

  test('is cut by its axis, which the caption says', () => {
    const always = figures.loss({ axis: [0, 4] });
    const beyond = figures.loss({ cutAbove: 6 });
    for (const [figure, top] of [
      [always, 4],
      [beyond, 6],
    ] as const) {
      const chart = figure.chart(curves) as LineChartSpec;
      expect(chart.y.domain).toEqual([0, top]);
      expect(chart.series[0]!.y[1]).toBe(8.4e30);
      expect(textOf(figure.caption, say)).toContain(
        `Where a curve goes beyond ${top} the axis ends`,
      );
    }
    const calm = run([deep], [{ steps: [0], loss: [2.3] }]);
    expect((beyond.chart(calm) as LineChartSpec).y.domain).toBeUndefined();
  });

  test('has no line of chance where the lanes differ in it, or the task has none', () => {
    const references = (of: typeof curves) =>
      (figures.loss().chart(of) as LineChartSpec).references;
    expect(references(run([deep, recurrent], [{}, {}]))).toEqual([]);
    expect(references(run([recurrent], [{}]))).toEqual([
      { axis: 'y', at: Math.log(4), label: 'chance, ln 4' },
    ]);
    const regression = lane('linear', spec(0, { task: { kind: 'linearRegression' } }));
    expect(references(run([regression], [{}]))).toEqual([]);
    const adding = lane('adding', {
      ...recurrent.spec,
      task: { kind: 'adding', length: 5 },
    });
    expect(references(run([adding], [{}]))?.[0]).toMatchObject({ at: 1 / 6 });
  });
});

describe('a profile', () => {
  const frames = {
    frameSteps: [0, 5],
    signalGradientNorm: [
      [1, 2, 4, 8],
      [3, NaN, 5, 9],
    ],
  };
  const ran = run([deep], [frames]);
  const chart = (options: Parameters<typeof figures.byLayer>[1]) =>
    figures.byLayer('signalGradientNorm', options).chart(ran) as LineChartSpec;

  test('is of the last frame, of the first, or of the last finite one', () => {
    expect(chart({}).series[0]!.y).toEqual([3, NaN, 5, 9]);
    expect(chart({ at: 'start' }).series[0]!.y).toEqual([1, 2, 4, 8]);
    const finite = chart({ lastFinite: true }).series[0]!;
    expect(finite.y).toEqual([1, 2, 4, 8]);
    expect(finite.label).toBe('deep, step 0');
  });

  test('ends with the output layer, or with the last hidden one', () => {
    expect(chart({}).x).toMatchObject({
      domain: [1, 4],
      label: 'Layer (the last one is the output)',
    });
    expect(chart({ at: 'start', layers: 'hidden' })).toMatchObject({
      x: { domain: [1, 3], label: 'Layer' },
      series: [{ x: [1, 2, 3], y: [1, 2, 4] }],
    });
  });

  test('is over time steps in a recurrent network, but for its weights', () => {
    const of = (statistic: string) =>
      figures
        .byLayer(statistic)
        .chart(
          run(
            [recurrent],
            [{ signalGradientNorm: [[1, 2, 3, 4, 5]], weightGradientNorm: [[1, 2]] }],
          ),
        ) as LineChartSpec;
    expect(of('signalGradientNorm').x).toEqual({
      label: 'Time step',
      scale: 'linear',
      integer: true,
    });
    expect(of('weightGradientNorm').x.label).toContain('Layer');
  });

  test('has theory from the last hidden layer backwards', () => {
    const [theory] = figures.geometricTheory(ran.lanes[0], 'signalGradientNorm', 0.5, 'theory');
    expect(theory).toMatchObject({ role: 'theory', x: [1, 2, 3], y: [1, 2, 4] });
    const one = run([shallow], [frames]).lanes[0];
    expect(figures.geometricTheory(one, 'signalGradientNorm', 0.5, '')).toEqual([]);
  });
});

describe('a map', () => {
  const frames = (steps: number[]) => ({
    frameSteps: steps,
    weightGradientNorm: steps.map((step) => [step, 1, 2, 3]),
  });
  const broken = {
    ...frames([0, 7]),
    firstNonFinite: { step: 7, phase: 'loss', tensor: 'loss', layer: null, value: 'NaN' } as const,
  };
  const ran = run([deep, lane('beside', spec(3))], [broken, frames([0, 20])]);

  test('has the steps of all lanes, or its own until it broke', () => {
    const domain = (options: Parameters<typeof figures.layerByStep>[1]) =>
      (figures.layerByStep('weightGradientNorm', options).chart(ran) as HeatMapSpec).x.domain;
    expect(domain({})).toEqual([0, 20]);
    expect(domain({ steps: 'own' })).toEqual([0, 7]);
    expect(domain({ lane: 'last', steps: 'own' })).toEqual([0, 20]);
  });

  test('has a row a layer, of the first lane or of the last', () => {
    const of = (options = {}) =>
      figures.layerByStep('weightGradientNorm', options).chart(ran) as HeatMapSpec;
    expect(of()).toMatchObject({ rows: [1, 2, 3, 4], columns: [0, 7] });
    expect(of().values[0]).toEqual([0, 7]);
    expect(of({ lane: 'last' }).columns).toEqual([0, 20]);
  });
});

test('histograms stand a panel a layer over one range', () => {
  const extra = {
    activationHistogram: [[1, 2, 3, 4, 5, 6]],
    activationHistogramRange: [[-1, 1]],
  };
  const chart = figures
    .histogramsByLayer('activationHistogram')
    .chart(run([deep], [{ extra }])) as HistogramSpec;
  expect(chart.panels.map(({ label, edges, counts }) => [label, edges, counts])).toEqual([
    ['layer 1', [-1, 0, 1], [1, 2]],
    ['layer 2', [-1, 0, 1], [3, 4]],
    ['layer 3', [-1, 0, 1], [5, 6]],
  ]);
  const before = figures.histogramsByLayer('activationHistogram').chart(run([deep], [{}]));
  expect((before as HistogramSpec).panels).toHaveLength(3);
});

test('accuracy is left out of tasks without classes', () => {
  const ran = run([deep, shallow], [{ steps: [0, 1], accuracy: [0.1, 0.2] }, { steps: [0, 1] }]);
  const { series } = figures.accuracy().chart(ran) as LineChartSpec;
  expect(series.map(({ id, y }) => [id, y])).toEqual([['deep', [0.1, 0.2]]]);
});

test('the training error is what the accuracy of the latest 20 steps lacks to 1', () => {
  const steps = Array.from({ length: 25 }, (_, step) => step);
  const ran = run([deep, recurrent], [{ steps, accuracy: steps.map((step) => Number(step > 4)) }]);
  const { series } = figures.trainingError().chart(ran) as LineChartSpec;
  expect(series).toHaveLength(1);
  expect(series[0]).toMatchObject({ id: 'deep', x: steps, derived: 'meanError' });
  expect(series[0]!.y[0]).toBe(1);
  expect(series[0]!.y[9]).toBeCloseTo(0.5, 12);
  expect(series[0]!.y[24]).toBe(0);
});
