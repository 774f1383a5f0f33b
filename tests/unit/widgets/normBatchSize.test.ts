import { expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import type { TrainingResult } from '../../../src/kit/widget';
import { getRecording } from '../../../src/registry/server';
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
  expect(widget.describe(settings, result, sayFor())).toContain('on the last 100 batches');
  expect(named['ownAccuracy']).toBeCloseTo(last.reduce((sum, one) => sum + one, 0) / 100, 12);
});

test('a recording, which keeps few points of its curves, does not tell of the last hundred batches', () => {
  const { result } = getRecording('norm-batch-size', '');
  const told = widget.describe(settings, result as TrainingResult, sayFor());
  expect(told).toContain('in use training accuracy');
  expect(told).not.toContain('batches');
});
