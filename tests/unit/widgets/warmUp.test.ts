import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import widget from '../../../src/widgets/warm-up/widget';
import { train } from './training';

const problem = presetSettings(widget, 'problem');

describe('a rate that rises, and falls', () => {
  test('differs from the constant one by the schedule alone', () => {
    for (const name of Object.keys(widget.presets)) {
      const [constant, ...others] = widget.lanes(presetSettings(widget, name), sayFor());
      expect(constant!.spec.schedule).toBeUndefined();
      for (const { spec } of others) {
        const { schedule, ...rest } = spec;
        expect(schedule).toBeDefined();
        expect(rest).toEqual(constant!.spec);
      }
    }
  });

  test('shows the rate of each step', async () => {
    const settings = { ...presetSettings(widget, 'cure'), gain: 1, learningRate: 0.04, steps: 30 };
    const { result } = await train(widget, settings);
    const figure = widget.figures.find(({ id }) => id === 'rate')!;
    const chart = figure.chart(settings, result, sayFor());
    const [constant, warmUp, both] = chart.kind === 'line' ? chart.series : [];
    expect(new Set(constant!.y)).toEqual(new Set([0.04]));
    const at = (series: typeof warmUp, step: number) => series!.y[series!.x.indexOf(step)];
    expect(at(warmUp, 0)).toBeCloseTo(0.004, 12);
    expect(at(warmUp, 30)).toBeCloseTo(0.04, 12);
    expect(at(both, 0)).toBeCloseTo(0.004, 12);
    expect(at(both, 30)).toBeCloseTo(0, 12);
  });

  test('breaks at once without a warm-up, and not with it', async () => {
    const { named } = await train(widget, { ...problem, steps: 40 });
    expect(named['firstNonFiniteStep']).toBeLessThan(10);
    expect(named['cure.firstNonFiniteStep']).toBe(Infinity);
  });

  test('says where the warm-up is longer than the run', async () => {
    const long = { ...problem, gain: 1, warmUp: 100, steps: 20 };
    const { result } = await train(widget, long);
    expect(widget.describe(long, result, sayFor())).toContain(
      'The warm-up over 100 steps is not shorter than the run of 20',
    );
    const usual = { ...problem, gain: 1, steps: 20 };
    expect(widget.describe(usual, (await train(widget, usual)).result, sayFor())).not.toContain(
      'not shorter',
    );
  });

  test('can be kept finite at twice the rate', async () => {
    const challenge = widget.challenges!.find(({ id }) => id === 'highest')!;
    const high = { ...problem, learningRate: 0.1, warmUp: 50 };
    expect(challenge.solved(high, (await train(widget, high)).result)).toBe(true);
    expect(challenge.solved(problem, (await train(widget, problem)).result)).toBe(false);
  });
});
