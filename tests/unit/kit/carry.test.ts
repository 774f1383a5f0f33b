import { expect, test } from 'vitest';
import { presetValues } from '../../../src/kit/codec';
import { WidgetModel } from '../../../src/kit/model.svelte';
import { en } from '../../../src/kit/words/en';
import widget from '../../../src/widgets/backprop-chain/widget';

test('a control of the reader’s takes with it what the widget declares; a preset takes nothing', () => {
  const values = presetValues(widget, 'critical');
  const model = new WidgetModel({ widget, values, recording: null, host: undefined, words: en });
  model.change('each', true);
  expect(model.values).toMatchObject({ each: true, w1: 4, w10: 4, b3: -2 });
  const mixed = presetValues(widget, 'mixed');
  model.choose(mixed);
  expect(model.values).toEqual(mixed);
});
