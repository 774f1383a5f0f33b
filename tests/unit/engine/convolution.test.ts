import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  convolutionMultiplyAdds,
  convolutionWeights,
  outputSize,
} from '../../../src/engine/closedForms';

describe('a convolution', () => {
  test('gives a map of the size that counting its windows gives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 7, max: 40 }),
        (kernel, stride, padding, size) => {
          let windows = 0;
          for (let at = -padding; at + kernel <= size + padding; at += stride) windows++;
          expect(outputSize(size, { kernel, stride, padding })).toBe(windows);
        },
      ),
    );
  });

  test('has a weight for each place of its window, input channel and output channel', () => {
    const layer = { kernel: 3, stride: 1, padding: 1, inChannels: 64, outChannels: 128 };
    expect(convolutionWeights(layer)).toBe(3 * 3 * 64 * 128);
  });

  test('uses each weight once at each place of its output', () => {
    const layer = { kernel: 3, stride: 2, padding: 1, inChannels: 5, outChannels: 7 };
    expect(convolutionMultiplyAdds(layer, 56)).toBe(3 * 3 * 5 * 7 * 28 * 28);
  });
});
