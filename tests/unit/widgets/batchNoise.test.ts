import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { createLocalEngineService } from '../../../src/engine/node';
import experiment from '../../../src/widgets/batch-noise/experiment';
import { ALL, SIZES } from '../../../src/widgets/batch-noise/plan';
import {
  deviation,
  finished,
  noiseResult,
  nothing,
  predicted,
  type NoiseResult,
} from '../../../src/widgets/batch-noise/result';
import { meanSquare } from '../../../src/widgets/batch-noise/theory';
import widget from '../../../src/widgets/batch-noise/widget';

describe('theory', () => {
  /** Three gradients of two entries each. */
  const gradients = [
    [1, 0],
    [0, 2],
    [-3, 1],
  ] as const;
  const square = (some: (readonly number[])[]): number =>
    [0, 1].reduce(
      (total, i) => total + (some.reduce((sum, one) => sum + one[i]!, 0) / some.length) ** 2,
      0,
    );
  const average = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const whole = square([...gradients]);
  const trace = average(gradients.map((one) => square([one]))) - whole;

  test('is the mean over every batch that can be drawn', () => {
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map((pair) => square(pair.map((i) => gradients[i]!)));
    expect(meanSquare(whole, trace, 2, 3)).toBeCloseTo(average(pairs), 12);
  });

  test('is the gradient of all where the batch is all, and of each alone where it is one', () => {
    expect(meanSquare(whole, trace, 3, 3)).toBe(whole);
    expect(meanSquare(whole, trace, 1, 3)).toBeCloseTo(
      average(gradients.map((one) => square([one]))),
      12,
    );
  });
});

describe('what was found', () => {
  test('is nothing before, and has no theory before both of its numbers', () => {
    expect(finished(nothing())).toBe(0);
    const half = noiseResult(
      SIZES.map((size) => (size === 2 ? [3, 5] : [])),
      2,
      null,
    );
    expect(finished(half)).toBe(1);
    expect(predicted(half, 2)).toBeNaN();
    expect(half.rms[1]).toBe(4.123);
  });

  test('is off by so many standard errors', () => {
    const singles = Array<number>(ALL).fill(4);
    const found = noiseResult(
      SIZES.map((size) => (size === 1 ? singles : [3, 3.1])),
      2,
      null,
    );
    expect(deviation(found, 0)).toBe(0);
    expect(deviation(found, 8)).toBeGreaterThan(10);
  });
});

test('looks at all images, then size by size, and agrees with theory', async () => {
  const service = createLocalEngineService('captured');
  try {
    const settings = { ...presetSettings(widget, 'problem'), depth: 2, width: 8, draws: 40 };
    let last: NoiseResult = nothing();
    const counts: number[] = [];
    for await (const result of experiment(settings, service, {})) {
      counts.push(finished(result));
      last = result;
    }
    expect(counts).toEqual([0, 0, ...SIZES.map((_, i) => i + 1)]);
    expect(last.rms[0]!).toBeGreaterThan(last.rms.at(-1)!);
    // Nine sizes: that one is off by more than four standard errors has a chance of one in a thousand.
    for (const index of SIZES.keys()) expect(deviation(last, index)).toBeLessThan(4);
    expect(widget.describe(settings, last, sayFor())).toContain('1,437 images');
  } finally {
    service.close();
  }
});
