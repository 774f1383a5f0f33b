import { expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
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

test('batch norm is judged by running statistics and by each batch’s own, layer norm by one example', async () => {
  const { result, named } = await train(widget, { ...settings, steps: 150, width: 8, depth: 1 });
  const { final } = result.lanes['problem']!;
  expect(named).toMatchObject({
    trainAccuracy: final!.trainAccuracy,
    ownTrainAccuracy: final!.ownTrainAccuracy,
    ownTestAccuracy: final!.ownTestAccuracy,
  });
  expect(named).not.toHaveProperty('cure.ownTrainAccuracy');
  const told = widget.describe(settings, result, sayFor());
  expect(told.match(/by each batch’s own/g)).toHaveLength(1);
});

test('two images of which each is only larger or smaller leave little by their own statistics', () => {
  const { values } = getRecording('norm-batch-size', '');
  for (const accuracy of values['ownTestAccuracy'] as number[]) expect(accuracy).toBeLessThan(0.5);
});
