import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Backends } from '../../src/engine/service/backends';
import { wasmLocation } from '../../src/engine/backends/wasmLocation.browser';
import { getBackend } from '../../src/engine/step/tf';
import { readFolder } from './files.browser';
import { WorstDeviations } from './report';
import { checkActivations, checkLosses, evaluateEagerly } from './tableOps';

const { tables } = await readFolder();

describe('tables, in tfjs ops on webgl', () => {
  const worst = new WorstDeviations('webgl, tables');
  beforeAll(async () => {
    await (await new Backends({ wasmLocation }).open('webgl', true)).activate();
  });
  afterAll(() => worst.print());

  test.skipIf(tables.activation_table.length === 0)(
    'activation functions and derivatives, without NaN',
    async () => {
      expect(getBackend()).toContain('webgl');
      for (const report of await checkActivations(tables.activation_table, evaluateEagerly))
        expect(worst.add(report), report.name).toEqual([]);
    },
  );

  test.skipIf(tables.softmax_ce.length + tables.mse.length === 0)(
    'the losses, also for huge logits',
    async () => {
      for (const report of await checkLosses(tables, evaluateEagerly))
        expect(worst.add(report), report.name).toEqual([]);
    },
  );
});
