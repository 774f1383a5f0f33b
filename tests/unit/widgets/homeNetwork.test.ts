import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import widget from '../../../src/widgets/home-network/widget';
import { train } from './training';

const run = (preset: string, change = {}) =>
  train(widget, { ...presetSettings(widget, preset), steps: 100, ...change });

describe('home-network', () => {
  test('broken and mended differ in the size of the initial weights alone', () => {
    const [broken, mended] = ['problem', 'cure'].map(
      (preset) => widget.lanes(presetSettings(widget, preset), sayFor())[0]!.spec,
    );
    expect(broken!.network).toEqual({
      ...mended!.network,
      initializer: { kind: 'orthogonal', gain: 0.2 },
    });
    expect({ ...broken, network: null }).toEqual({ ...mended, network: null });
  });

  test('broken, the signal vanishes and nothing is learned; mended, both are cured', async () => {
    const [broken, mended] = [await run('problem'), await run('cure')];
    expect(broken.named['signalFirstToLast']).toBeLessThan(1e-4);
    expect(mended.named['signalFirstToLast']! / broken.named['signalFirstToLast']!).toBeGreaterThan(
      1e3,
    );
    // 100 steps: the broken network stays within a tenth of ln 10, the mended one is far below it.
    expect(broken.named['finalLoss']).toBeGreaterThan(2.2);
    expect(mended.named['finalLoss']).toBeLessThan(1);
    expect(widget.learned(mended.result.lanes['network']!)).toBe(true);
    expect(widget.learned(broken.result.lanes['network']!)).toBe(false);
  });

  test('weights too large make the signal grow on its way back', async () => {
    const { named } = await run('exploding');
    expect(named['signalFirstToLast']).toBeGreaterThan(10);
  });

  test('the same seed gives the same run, another seed another one, and training changes it', async () => {
    const steps = 50;
    const first = await run('cure', { steps });
    const again = await run('cure', { steps });
    const other = await run('cure', { steps, seed: 2 });
    const losses = (of: typeof first) => of.result.lanes['network']!.loss;
    expect(losses(again)).toEqual(losses(first));
    expect(losses(other)).not.toEqual(losses(first));
    expect(losses(first)).toHaveLength(steps + 1);
    expect(new Set(losses(first)).size).toBeGreaterThan(steps / 2);
  });
});
