import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { carry, params } from '../../../src/widgets/clip-training/params';
import widget from '../../../src/widgets/clip-training/widget';
import { read } from '../../../src/kit/codec';
import { train } from './training';

describe('training with clipping', () => {
  test('differs from the network without it by the clipping alone', () => {
    for (const name of Object.keys(widget.presets)) {
      const [plain, ...others] = widget.lanes(presetSettings(widget, name), sayFor());
      expect(plain!.spec.clip).toBeUndefined();
      for (const { spec } of others) {
        const { clip, ...rest } = spec;
        expect(clip).toBeDefined();
        expect(rest).toEqual(plain!.spec);
      }
    }
  });

  test('takes no step longer than ηC, and stalls where C is tiny', async () => {
    const { result, named } = await train(widget, presetSettings(widget, 'thresholds'));
    const norms = result.lanes['hundredth']!.extra['clippedNorm']!.flat();
    expect(Math.max(...norms)).toBeLessThan(0.01 * (1 + 1e-5));
    expect(named['hundredth.clippedShare']).toBe(1);
    expect(named['hundredth.lastLoss']).toBeGreaterThan(named['cure.lastLoss']! * 10);
    const stall = widget.challenges!.find(({ id }) => id === 'stall')!;
    const low = { ...presetSettings(widget, 'problem'), threshold: 0.01 };
    const { result: stalled } = await train(widget, low);
    expect(stall.solved(low, stalled)).toBe(true);
    // The challenge is about the linear network, and about a run that had time to learn.
    expect(stall.solved({ ...low, network: 'forgetful' }, stalled)).toBe(false);
    expect(stall.solved({ ...low, steps: 30 }, stalled)).toBe(false);
  });

  test('brings the learning rate of another network along', () => {
    const before = presetSettings(widget, 'problem');
    expect(carry(before, { ...before, network: 'tanh' }).learningRate).toBe(0.2);
    expect(carry(before, { ...before, threshold: 3 }).learningRate).toBe(0.05);
  });

  test('says of a threshold of 0 or below what is allowed', () => {
    for (const name of ['threshold', 'value-threshold']) {
      const { notes } = read(params, [[name, '0']]);
      expect(notes.join()).toContain('from 0.001 to 100');
    }
  });
});
