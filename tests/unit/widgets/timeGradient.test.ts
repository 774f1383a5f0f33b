import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { emptyResult } from '../../../src/kit/result';
import { sayFor } from '../../../src/kit/say';
import { runOf } from '../../../src/kit/training/run';
import type { LineChartSpec } from '../../../src/kit/charts/spec';
import { theoryOf } from '../../../src/widgets/time-gradient/theory';
import type { TimeSettings } from '../../../src/widgets/time-gradient/params';
import widget from '../../../src/widgets/time-gradient/widget';
import { train } from './training';

const say = sayFor();
const at = (preset: string, own: Partial<TimeSettings> = {}): TimeSettings => ({
  ...presetSettings(widget, preset),
  ...own,
});
const trained = async (settings: TimeSettings) => {
  const { result, named } = await train(widget, settings);
  return { result, named, lanes: runOf(settings, widget.lanes(settings, say), result, say).lanes };
};

describe('theory over the time steps', () => {
  test('bounds every measured gradient of a plain cell from above', async () => {
    for (const first of ['rnnUniform', 'rnnGaussian', 'irnn', 'rnnOrthogonal'] as const) {
      const { lanes } = await trained(at('bound', { first, steps: 5 }));
      const [bound] = theoryOf(lanes);
      const measured = lanes[0]!.result.extra['memoryGradientNorm']!.at(-1)!;
      expect(bound!.y).toHaveLength(30);
      // An orthogonal matrix reaches the bound where tanh takes nothing; both are rounded to float32.
      bound!.y.forEach((most, i) => expect(measured[i]!).toBeLessThanOrEqual(most * (1 + 1e-5)));
      expect(bound!.y.at(-1)).toBe(measured.at(-1));
    }
  });

  test('of an LSTM is σ(b_f) per time step', async () => {
    const { lanes } = await trained(at('cure', { steps: 0 }));
    const [half, one, open] = theoryOf(lanes.slice(1));
    const ratio = ({ y }: { y: number[] }) => y[0]! / y.at(-1)!;
    expect(ratio(half!)).toBeCloseTo(0.5 ** 29, 15);
    expect(ratio(one!) / 0.7310586 ** 29).toBeCloseTo(1, 5);
    expect(ratio(open!) / 0.9525741 ** 29).toBeCloseTo(1, 5);
  });

  test('is none of many plain cells, of a truncated gradient and of a GRU', async () => {
    expect(theoryOf((await trained(at('problem', { steps: 0 }))).lanes)).toEqual([]);
    expect(theoryOf((await trained(at('truncated', { steps: 0 }))).lanes)).toEqual([]);
    const gru = at('bound', { first: 'gru2', steps: 0 });
    expect(theoryOf((await trained(gru)).lanes)).toEqual([]);
  });
});

test('the share of time step 1 is that of the weights’ gradient which the terms add up to', async () => {
  const { named, result } = await trained(
    at('bound', { first: 'rnnOrthogonal', length: 2, steps: 0 }),
  );
  const { extra, weightGradientNorm } = result.lanes['rnnOrthogonal']!;
  const [first, second] = extra['timeStepGradientNorm']![0]!;
  const whole = Math.hypot(...weightGradientNorm[0]!.slice(0, -1));
  expect(named['firstTimeStepShare']).toBeCloseTo(first! / whole, 12);
  // No sum is longer than its terms together, nor shorter than their difference.
  expect(whole).toBeLessThanOrEqual((first! + second!) * (1 + 1e-5));
  expect(whole).toBeGreaterThanOrEqual(Math.abs(first! - second!) * (1 - 1e-5));
});

test('a cell whose numbers overflow is said to, and nothing is told before the first frame', async () => {
  const settings = at('breaking', { steps: 0 });
  const { result } = await trained(settings);
  const told = widget.describe(settings, result, say);
  expect(told).toContain('IRNN: its numbers are not finite.');
  expect(told).not.toContain('NaN');
  const names = widget.lanes(settings, say).map(({ name }) => name);
  expect(widget.describe(settings, emptyResult(names), say)).toBe('');
});

test('what is cut off is exactly 0, and what is left is as it was', async () => {
  const whole = await trained(at('truncated', { truncation: 0, steps: 0 }));
  const cut = await trained(at('truncated', { steps: 0 }));
  const terms = (run: typeof whole) =>
    run.result.lanes['rnnOrthogonal']!.extra['timeStepGradientNorm']![0]!;
  expect(terms(cut).slice(0, 20)).toEqual(new Array(20).fill(0));
  expect(terms(cut).slice(20)).toEqual(terms(whole).slice(20));
});

test('the output’s own gradient is drawn where a cell has another memory', () => {
  const state = widget.figures.find(({ id }) => id === 'state')!;
  expect(state.shown!(at('cure'))).toBe(true);
  expect(state.shown!(at('problem'))).toBe(false);
});

test('a map has a row for each time step', async () => {
  const settings = at('bound', { length: 7, steps: 3 });
  const { result } = await trained(settings);
  const map = widget.figures.find(({ id }) => id === 'map')!.chart(settings, result, say);
  expect((map as unknown as { rows: number[] }).rows).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const memory = widget.figures[0]!.chart(settings, result, say) as LineChartSpec;
  expect(memory.series[0]!.x).toHaveLength(7);
});
