import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { PLANE } from '../../../src/widgets/clip-cliff/params';
import { placeIn, pointOf } from '../../../src/widgets/clip-cliff/place';
import widget from '../../../src/widgets/clip-cliff/widget';
import { train } from './training';

describe('the cliff', () => {
  test('is met at step 40: without clipping one is flung, with it one goes on', async () => {
    const settings = presetSettings(widget, 'problem');
    const { result, named } = await train(widget, settings);
    const [plain, clipped] = [result.lanes['problem']!, result.lanes['cure']!];
    // The same path up to there.
    expect(clipped.loss.slice(0, 40)).toEqual(plain.loss.slice(0, 40));
    expect(named['largestDistance']).toBeGreaterThan(50);
    expect(named['cure.largestDistance']).toBeLessThan(0.5);
    expect(named['largestGlobalNorm64']).toBeCloseTo(963, -0.5);
    expect(named['finalWeight64']).toBeCloseTo(55.8, 1);
    expect(named['finalBias64']).toBeCloseTo(79.2, 1);
    expect(named['cure.finalLoss64']).toBeCloseTo(0.0107, 4);
  });

  test('can be passed within 40 steps by clipping, as the challenge asks', async () => {
    const settings = { ...presetSettings(widget, 'problem'), learningRate: 0.2, threshold: 0.1 };
    const quick = { ...settings, steps: 40 };
    const { result } = await train(widget, quick);
    const solved = widget.challenges!.find(({ id }) => id === 'quick')!.solved;
    expect(solved(quick, result)).toBe(true);
  });

  test('starts elsewhere with another seed only where the start is random', async () => {
    const first = async (start: string, seed: number) => {
      const settings = { ...presetSettings(widget, 'problem'), start, seed, steps: 1 } as const;
      return (await train(widget, settings)).result.lanes['problem']!.extra['parameters']![0]!;
    };
    expect(await first('set', 1)).toEqual(await first('set', 2));
    expect(await first('around', 1)).not.toEqual(await first('around', 2));
    expect(widget.seeded!(presetSettings(widget, 'problem'))).toBe(false);
  });
});

describe('a dragged start', () => {
  const box = { left: 100, top: 50, width: 400, height: 200 };

  test('lies under the pointer', () => {
    for (const at of [
      { weight: 5.2, bias: -2.3 },
      { weight: PLANE.weight[0], bias: PLANE.bias[1] },
    ])
      expect(placeIn(pointOf(at, box), box, PLANE)).toEqual(at);
  });

  test('stays in the picture', () => {
    expect(placeIn({ x: -1000, y: 5000 }, box, PLANE)).toEqual({
      weight: PLANE.weight[0],
      bias: PLANE.bias[0],
    });
  });
});
