import { describe, expect, test } from 'vitest';
import { createLocalEngineService } from '../../../src/engine/node';
import type { BackendName } from '../../../src/engine/types';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import widget from '../../../src/widgets/init-symmetry/widget';
import { train } from './training';

const run = (preset: string, change = {}) =>
  train(widget, { ...presetSettings(widget, preset), steps: 100, ...change });

describe('init-symmetry', () => {
  test('says all that differs between the two networks', () => {
    for (const preset of Object.keys(widget.presets)) {
      const [, second] = widget.lanes(presetSettings(widget, preset), sayFor());
      expect(second!.differs, preset).toContain('initialization LeCun normal instead of');
    }
    const [, beside] = widget.lanes(presetSettings(widget, 'cure'), sayFor());
    expect(beside!.differs).toContain('initial bias 0 instead of normal (std 0.1)');
  });

  test.each(['tanh', 'relu', 'sigmoid'])(
    'equal weights stay equal to the last bit, random ones do not: %s',
    async (activation) => {
      const { named } = await run('problem', { activation });
      expect(named).toMatchObject({ rank: 1, distinctUnits: 1, distinctUnitsSecond: 1 });
      expect(named['cure.distinctUnits']).toBe(8);
      expect(named['cure.rank']).toBe(8);
    },
  );

  test('weights of 0 never move under tanh, and move alike under the sigmoid', async () => {
    expect((await run('zeros')).named).toMatchObject({ rank: 0, gradientRank: 0 });
    expect((await run('zerosSigmoid')).named).toMatchObject({ rank: 1, distinctUnits: 1 });
  });

  test('a random output layer breaks the symmetry of the layer below it alone', async () => {
    const { named } = await run('randomOutput');
    expect(named).toMatchObject({ distinctUnits: 1, distinctUnitsSecond: 8 });
  });

  test('random biases break it everywhere', async () => {
    const { named } = await run('cure');
    expect(named).toMatchObject({ rank: 8, distinctUnits: 8, distinctUnitsSecond: 8 });
  });

  test.each<BackendName>(['wasm', 'cpu'])('holds on %s, too', async (backend) => {
    const service = createLocalEngineService(backend);
    const session = service.session({ pace: () => ({ steps: 30, milliseconds: Infinity }) });
    const settings = { ...presetSettings(widget, 'problem'), steps: 30 };
    const [first] = widget.lanes(settings, sayFor());
    for await (const { lanes } of session.train(
      { problem: first!.spec },
      { statistics: ['distinctUnits'] },
    )) {
      expect(lanes['problem']!.extra!['distinctUnits']!.slice(0, 2)).toEqual([1, 1]);
    }
    session.close();
    service.close();
  });
});
