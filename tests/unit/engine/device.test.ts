import { expect, test } from 'vitest';
import { reportDeviceLost, valuesOf } from '../../../src/engine/backends/device';
import { initialValues } from '../../../src/engine/run/initialValues';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { defineStep } from '../../../src/engine/step/step';
import { scalar } from '../../../src/engine/step/tf';
import type { Tensor } from '../../../src/engine/step/tf';
import { shapeOf } from '../../../src/engine/spec/tasks';
import { loadTask } from '../../../src/engine/tasks';
import type { TrainingSpec } from '../../../src/engine/types';
import { activate, small } from './backend';

const silent = { data: () => new Promise(() => {}) } as unknown as Tensor;
const lost = 'The graphics context was lost.';

test('a lost context fails who waits, and whoever asks that backend later', async () => {
  await activate('cpu');
  expect(Array.from(await valuesOf(scalar(2)))).toEqual([2]);
  const waiting = expect(valuesOf(silent)).rejects.toThrow(lost);
  reportDeviceLost('cpu');
  await waiting;
  await expect(valuesOf(scalar(2))).rejects.toThrow(lost);

  const network = { ...small.network, initializer: { kind: 'lsuv' } } as TrainingSpec['network'];
  const spec = resolveSpec({ ...small, network });
  const shape = shapeOf({ kind: 'digits' });
  const batch = (await loadTask({ kind: 'digits' })).batch(1, 0, spec.batchSize);
  await expect(initialValues(spec, defineStep(spec, shape), batch)).rejects.toThrow(lost);

  await activate('wasm');
  expect(Array.from(await valuesOf(scalar(3)))).toEqual([3]);
});
