import { expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import widget from '../../../src/widgets/norm-batch-size/widget';
import { train } from './training';

const settings = presetSettings(widget, 'problem');

test('the two networks differ in their norm alone, and see the same batches', () => {
  const [batch, layer] = widget.lanes(settings, sayFor());
  expect(batch!.spec.network).toMatchObject({ batchNorm: true });
  expect(layer!.spec.network).toMatchObject({ layerNorm: true });
  expect({ ...batch!.spec, network: null }).toEqual({ ...layer!.spec, network: null });
});

test('the accuracy by its own statistics is the mean of the last batches', async () => {
  const { result, named } = await train(widget, { ...settings, steps: 150, width: 8, depth: 1 });
  const last = result.lanes['problem']!.accuracy.slice(-100);
  expect(named['ownAccuracy']).toBeCloseTo(last.reduce((sum, one) => sum + one, 0) / 100, 12);
});
