import { expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { WidgetModel } from '../../../src/kit/model.svelte';
import { en } from '../../../src/kit/words/en';
import widget from '../../../src/widgets/backprop-chain/widget';

test('a control of the reader’s takes with it what the widget declares; a preset takes nothing', () => {
  const settings = presetSettings(widget, 'critical');
  const model = new WidgetModel({ widget, settings, recording: null, host: undefined, words: en });
  model.change('each', true);
  expect(model.settings).toMatchObject({ each: true, w1: 4, w10: 4, b3: -2 });
  const mixed = presetSettings(widget, 'mixed');
  model.choose(mixed);
  expect(model.settings).toEqual(mixed);
});
