import { expect, test } from 'vitest';
import { chanceOf } from '../../../src/kit/training/chance';
import type { LineChartSpec } from '../../../src/kit/charts/spec';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import widget from '../../../src/widgets/adding-problem/widget';
import { train } from './training';

const say = sayFor();

test('the baseline that is drawn is what always answering 1 costs', async () => {
  const settings = { ...presetSettings(widget, 'problem'), steps: 10 };
  const { result } = await train(widget, settings);
  const chart = widget.figures[0]!.chart(settings, result, say) as LineChartSpec;
  expect(chart.references).toMatchObject([
    { axis: 'y', at: 1 / 6 },
    { axis: 'y', at: 1 / 30 },
  ]);
  expect(chanceOf(widget.lanes(settings, say)[0]!.spec, say)!.loss).toBe(1 / 6);
});

test('a GRU adds two of ten numbers within 200 steps, and says when', async () => {
  const settings = {
    ...presetSettings(widget, 'problem'),
    ...{ first: 'gru0', second: 'none', third: 'none', fourth: 'none' },
    ...{ length: 10, steps: 200 },
  };
  const { result, named } = await train(widget, settings);
  expect(named['solvedStep']).toBeLessThan(200);
  expect(widget.describe(settings as never, result, say)).toMatch(
    /^GRU, update bias 0: solved at step \d+/,
  );
});
