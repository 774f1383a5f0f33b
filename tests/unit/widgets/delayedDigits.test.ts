import { expect, test } from 'vitest';
import type { LineChartSpec } from '../../../src/kit/charts/spec';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import widget from '../../../src/widgets/delayed-digits/widget';
import { train } from './training';

const say = sayFor();

test.each([
  ['problem', 28, 8],
  ['none', 8, 8],
  ['pixels', 64, 64],
])(
  'the preset %s has %i time steps, of which the image takes %i',
  async (preset, length, image) => {
    const settings = { ...presetSettings(widget, preset), steps: 10 };
    const { result } = await train(widget, { ...settings, second: 'none', third: 'none' });
    const memory = widget.figures.find(({ id }) => id === 'memory')!;
    const chart = memory.chart(settings, result, say) as LineChartSpec;
    expect(chart.series[0]!.x).toHaveLength(length);
    expect(chart.references).toMatchObject([{ axis: 'x', at: image }]);
  },
);

test('a GRU that starts open reads more digits after a wait than a uniform start', async () => {
  const settings = {
    ...presetSettings(widget, 'problem'),
    ...{ second: 'none', third: 'none', steps: 150 },
  };
  const { named } = await train(widget, settings);
  expect(named['gru2.testAccuracy']! - named['rnnUniform.testAccuracy']!).toBeGreaterThan(0.1);
});
