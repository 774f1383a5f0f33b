import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import {
  bottleneck,
  innerChannels,
  twoConvolutions,
} from '../../../src/widgets/bottleneck-calculator/blocks';
import { compare } from '../../../src/widgets/bottleneck-calculator/compared';
import {
  drawnShape,
  drawSpectrum,
  rank,
  rootMeanSquare,
} from '../../../src/widgets/bottleneck-calculator/spectrum';
import widget from '../../../src/widgets/bottleneck-calculator/widget';

const say = sayFor();
const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1);

describe('the blocks', () => {
  test('are those of ResNet-50’s and ResNet-34’s second stage', () => {
    const block = bottleneck(256, 64, 56);
    expect(block.layers.map(({ parameters }) => parameters)).toEqual([16_512, 36_992, 16_896]);
    expect(block.parameters).toBe(70_400);
    expect(block.multiplyAdds).toBe((2 * 256 * 64 + 9 * 64 ** 2) * 56 ** 2);
    expect(twoConvolutions('basic', 64, 56).parameters).toBe(73_984);
  });

  test('see 3 × 3 places through a bottleneck and 5 × 5 through two 3 × 3', () => {
    const seen = (block: ReturnType<typeof bottleneck>) => block.layers.at(-1)!.receptiveField;
    expect(seen(bottleneck(256, 64, 56))).toBe(3);
    expect(seen(twoConvolutions('wide', 256, 56))).toBe(5);
  });

  test('cost the same weights at a reduction of 4½', () => {
    const weights = ({ layers }: ReturnType<typeof bottleneck>) =>
      layers.reduce((sum, { parameters, outChannels }) => sum + parameters - 2 * outChannels, 0);
    expect(weights(bottleneck(9 * 64, 128, 7))).toBe(weights(twoConvolutions('basic', 128, 7)));
  });

  test('have whole channels inside, one at least', () => {
    expect(innerChannels(256, 4)).toBe(64);
    expect(innerChannels(100, 3)).toBe(33);
    expect(innerChannels(64, 512)).toBe(1);
  });
});

const standardError = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
};

describe('a random block', () => {
  test('passes no more directions than it has channels inside, and with its shortcut all', () => {
    for (const seed of seeds)
      for (const inner of [1, 4, 16]) {
        const { branch, block } = drawSpectrum(16, inner, seed);
        expect(rank(branch)).toBeLessThanOrEqual(inner);
        expect(rank(block)).toBe(16);
      }
  });

  test('has the mean square 2, however thin it is', () => {
    // 400 draws of a sum of few squares: the standard error of the mean is below a tenth of it. A small
    // block does, whose singular values take a fiftieth of the time.
    for (const inner of [4, 16]) {
      const squares = Array.from(
        { length: 400 },
        (_, seed) => rootMeanSquare(drawSpectrum(16, inner, seed + 1).branch) ** 2,
      );
      expect(standardError(squares)).toBeLessThan(0.2);
      const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
      expect(mean).toBeGreaterThan(1.6);
      expect(mean).toBeLessThan(2.4);
    }
  });

  test('of one channel inside often passes nothing', () => {
    const closed = seeds.filter((seed) => rank(drawSpectrum(64, 1, seed).branch) === 0);
    // Open only where both of its ReLUs are on, which is a quarter of the draws.
    expect(closed.length).toBeGreaterThan(20);
    expect(closed.length).toBeLessThan(40);
  });

  test('is cut down in the ratio of its channels', () => {
    expect(drawnShape(256, 64)).toEqual({ channels: 64, inner: 16 });
    expect(drawnShape(2048, 1)).toEqual({ channels: 64, inner: 1 });
    expect(drawnShape(1, 1)).toEqual({ channels: 1, inner: 1 });
    expect(drawSpectrum(1, 1, 1).branch).toHaveLength(1);
  });
});

describe('the calculator', () => {
  test('says where less than one channel would be left', () => {
    const settings = { ...presetSettings(widget, 'problem'), width: 64, reduction: 128 };
    expect(widget.describe(settings, compare(settings), say)).toMatch(
      /^64 channels divided by 128 leave less than one; one is the fewest that there can be, and is drawn\. /,
    );
  });

  test('has challenges that can be met and are not met at first', () => {
    const solved = (own: Record<string, number>) => {
      const settings = { ...presetSettings(widget, 'problem'), ...own };
      return widget
        .challenges!.filter((one) => one.solved(settings, compare(settings)))
        .map(({ id }) => id);
    };
    expect(solved({})).toEqual([]);
    expect(solved({ reduction: 64 })).toContain('ends');
    expect(
      seeds.some((seed) => solved({ width: 64, reduction: 64, seed }).includes('nothing')),
    ).toBe(true);
  });
});
