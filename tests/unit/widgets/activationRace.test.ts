import { describe, expect, test } from 'vitest';
import { nextVariance } from '../../../src/engine/closedForms';
import type { LineChartSpec } from '../../../src/kit/charts/spec';
import { canonical, presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { spreadOf } from '../../../src/kit/spread';
import { getRecording } from '../../../src/registry/server';
import { gainOf, variancePreservingGain } from '../../../src/widgets/activation-race/gains';
import { lanesOf } from '../../../src/widgets/activation-race/lanes';
import type { RaceSettings } from '../../../src/widgets/activation-race/params';
import { rateOf } from '../../../src/widgets/activation-race/rates';
import widget from '../../../src/widgets/activation-race/widget';
import { train } from './training';

const preset = (name: string): RaceSettings => presetSettings(widget, name);
const recorded = (name: string) =>
  getRecording(widget.id, canonical(widget.params, presetSettings(widget, name))).values;
const median = (name: string, value: string) => spreadOf(recorded(name)[value] as number[]).median;

describe('the start', () => {
  test.each([
    ['relu', 1.4142],
    ['leakyRelu', 1.4141],
    ['elu', 1.2452],
    ['selu', 1],
    ['gelu', 1.5335],
    ['silu', 1.6765],
    ['tanh', 1.5925],
  ] as const)('the gain that preserves the variance of %s is %d', (name, gain) => {
    expect(variancePreservingGain(name)).toBeCloseTo(gain, 3);
    expect(nextVariance(name, variancePreservingGain(name), 0, 1)).toBeCloseTo(1, 10);
  });

  test('functions with slope 1 at 0, or with a large mean, start with gain 1', () => {
    for (const name of ['linear', 'sigmoid', 'tanh', 'softplus'] as const)
      expect(gainOf(name)).toBe(1);
    expect(gainOf('selu')).toBe(1);
  });

  test('the rate is that of the tuned depth nearest in ratio', () => {
    const rate = (depth: number) =>
      rateOf({ depth, optimizer: 'momentum', weights: 'normal' }, 'relu');
    expect([1, 5, 7].map(rate)).toEqual([0.03, 0.03, 0.03]);
    expect([8, 10, 14].map(rate)).toEqual([0.01, 0.01, 0.01]);
    expect([15, 20, 50].map(rate)).toEqual([0.003, 0.003, 0.003]);
  });

  test('a re-centred sigmoid network is a tanh network until it learns', async () => {
    const settings = { ...preset('cure'), depth: 5, steps: 20 };
    const { result } = await train(widget, settings);
    const [sigmoid, tanh] = ['sigmoidRecentred', 'tanh'].map((name) => result.lanes[name]!);
    const cosines = (lane: typeof sigmoid) => lane!.extra['preActivationCosine']!;
    cosines(sigmoid)[0]!
      .slice(0, 5)
      .forEach((cosine, layer) => {
        expect(cosine).toBeCloseTo(cosines(tanh)[0]![layer]!, 4);
      });
    expect(cosines(sigmoid).at(-1)![4]).not.toBeCloseTo(cosines(tanh).at(-1)![4]!, 3);
  });

  test('each lane names its function by its label, and its gain and rate beside it', () => {
    const lanes = widget.lanes(preset('cure'), sayFor());
    expect(lanes).toHaveLength(lanesOf(preset('cure')).length);
    const of = (name: string) => lanes.find((lane) => lane.name === name)?.differs;
    expect(of('relu')).toBe(
      'activation ReLU; initialization LeCun normal (gain 1.414); initial bias 0; learning rate 0.003',
    );
    expect(of('sigmoidRecentred')).toContain(
      'initialization LeCun normal (gain 4); initialization of the first layer LeCun normal (gain 2); initial bias re-centred',
    );
    expect(new Set(lanes.map(({ label }) => label)).size).toBe(lanes.length);
  });
});

describe('the loss figure', () => {
  const { result } = getRecording(
    widget.id,
    canonical(widget.params, presetSettings(widget, 'cure')),
  );
  const chart = widget.figures[0]!.chart(
    preset('cure'),
    result as never,
    sayFor(),
  ) as LineChartSpec;

  test('reaches down as far as the losses do and not much further', () => {
    const lowest = Math.min(...chart.series.flatMap(({ y }) => y));
    const [floor] = chart.y.domain!;
    expect(floor).toBeLessThanOrEqual(lowest);
    expect(floor).toBeGreaterThan(lowest / 2.5);
  });

  test('is cut by its axis, not in its numbers, which are means', () => {
    expect(chart.y.domain![1]).toBe(5);
    expect(chart.series.every(({ derived }) => derived === 'mean')).toBe(true);
    expect(Math.max(...chart.series.flatMap(({ y }) => y.filter(Number.isFinite)))).toBeGreaterThan(
      5,
    );
  });

  test('gives each curve the role of its lane', () => {
    const lanes = widget.lanes(preset('cure'), sayFor()).map(({ name, role }) => [name, role]);
    expect(chart.series.map(({ id, role }) => [id, role])).toEqual(lanes);
  });
});

describe('the outcome', () => {
  test('at depth 20 ELU and SELU come before tanh, tanh before ReLU, all before the sigmoid', () => {
    const [elu, selu, tanh, relu, sigmoid] = ['elu', 'selu', 'tanh', 'relu', 'sigmoid'].map(
      (name) => median('cure', `${name}.finalLoss`),
    ) as [number, number, number, number, number];
    expect(Math.max(elu, selu)).toBeLessThan(tanh);
    expect(tanh).toBeLessThan(relu);
    expect(relu).toBeLessThan(sigmoid);
  });

  test('the sigmoid never leaves chance, its re-centred twin does at every depth', () => {
    for (const name of ['depth5', 'depth10', 'cure']) {
      for (const loss of recorded(name)['sigmoid.finalLoss'] as number[])
        expect(loss).toBeGreaterThan(2.25);
      for (const loss of recorded(name)['sigmoidRecentred.finalLoss'] as number[])
        expect(loss).toBeLessThan(2);
    }
  });

  test('a third of ReLU’s rate is better at depth 5 and worse at depth 20, three times no better', () => {
    const relu = (depth: number, rateFactor: number) => {
      const values = { ...preset('problem'), depth, rateFactor, steps: 400 };
      const { values: named } = getRecording(widget.id, canonical(widget.params, values));
      return spreadOf(named['relu.finalLoss'] as number[]).median;
    };
    expect(relu(5, 0.3)).toBeLessThan(median('depth5', 'relu.finalLoss'));
    expect(Math.min(relu(20, 0.3), relu(20, 3))).toBeGreaterThan(median('deep', 'relu.finalLoss'));
  });

  test('a re-centred sigmoid stays behind tanh at every depth', () => {
    for (const name of ['depth5', 'depth10', 'cure'])
      expect(median(name, 'recentredOverTanh')).toBeGreaterThan(1.2);
  });

  test('deep ReLU layers make the images alike, tanh layers do not', () => {
    const [relu, tanh] = ['relu', 'tanh'].map(
      (name) => recorded('cure')[`${name}.preActivationCosine`] as number[],
    ) as [number[], number[]];
    const apart = relu.map((cosine, seed) => cosine - tanh[seed]!);
    // With 32 units one draw of the weights differs a good deal from another.
    expect(Math.min(...apart)).toBeGreaterThan(0);
    expect(spreadOf(apart).median).toBeGreaterThan(0.5);
  });

  test('SiLU does not hold its variance, SELU does', () => {
    for (const std of recorded('cure')['silu.preActivationStd'] as number[])
      expect(std).toBeGreaterThan(2);
    expect(median('cure', 'silu.preActivationStd')).toBeGreaterThan(5);
    for (const std of recorded('cure')['selu.preActivationStd'] as number[]) {
      expect(std).toBeGreaterThan(0.5);
      expect(std).toBeLessThan(2);
    }
  });

  test('the description ranks the functions', () => {
    const { result } = getRecording(
      widget.id,
      canonical(widget.params, presetSettings(widget, 'deep')),
    );
    expect(widget.describe(preset('deep'), result as never, sayFor())).toMatch(
      /^Training loss at the end, best first: (Tanh|ReLU) [\d.]+, .*Sigmoid 2\.3\. Chance is 2\.3\.$/,
    );
  });

  test('each challenge is open at the problem and solved by a setting that solves it', async () => {
    const solutions: Record<string, Partial<RaceSettings>> = {
      overtake: { depth: 5, steps: 400, rateFactor: 0.316 },
      sigmoid: { field: 'all', steps: 400 },
    };
    const problem = { ...preset('problem') };
    const { result } = await train(widget, problem);
    for (const { id, solved } of widget.challenges!) {
      expect(solved(problem, result), id).toBe(false);
      const values = { ...problem, ...solutions[id] };
      expect(solved(values, (await train(widget, values)).result), id).toBe(true);
    }
  });
});
