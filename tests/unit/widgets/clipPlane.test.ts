import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presetSettings, read } from '../../../src/kit/codec';
import { angle, clip, norm, plane, type Gradient } from '../../../src/widgets/clip-plane/clip';
import { params } from '../../../src/widgets/clip-plane/params';
import widget from '../../../src/widgets/clip-plane/widget';

const entry = fc.double({ min: -3, max: 3, noNaN: true });
const gradient = fc.tuple(entry, entry, entry, entry);
const threshold = fc.double({ min: 0.05, max: 6, noNaN: true });

describe('clipping in the plane', () => {
  test('is by hand what the chapter computes', () => {
    const by = (way: 'globalNorm' | 'value' | 'perTensorNorm') => clip(way, [3, 0, 0, 4], 1);
    expect(by('globalNorm')).toEqual([expect.closeTo(0.6), 0, 0, expect.closeTo(0.8)]);
    expect(by('value')).toEqual([1, 0, 0, 1]);
    expect(by('perTensorNorm')).toEqual([1, 0, 0, 1]);
    expect(angle([3, 0, 0, 4], [1, 0, 0, 1])).toBeCloseTo(
      (Math.acos(7 / (5 * Math.SQRT2)) * 180) / Math.PI,
    );
  });

  test('keeps the direction by the global norm, and the length at most the threshold', () => {
    fc.assert(
      fc.property(gradient, threshold, (g, c) => {
        const after = clip('globalNorm', g, c);
        expect(angle(g, after)).toBeLessThan(1e-6);
        expect(norm(after)).toBeLessThanOrEqual(Math.min(c, norm(g)) * (1 + 1e-12));
      }),
    );
  });

  test('keeps each tensor or entry within the threshold the other ways, and turns by less than 90°', () => {
    fc.assert(
      fc.property(gradient, threshold, (g, c) => {
        const each = clip('perTensorNorm', g, c);
        expect(norm(each.slice(0, 2))).toBeLessThanOrEqual(c * (1 + 1e-12));
        expect(norm(each.slice(2))).toBeLessThanOrEqual(c * (1 + 1e-12));
        const values = clip('value', g, c);
        expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(c);
        for (const after of [each, values]) expect(angle(g, after)).toBeLessThan(90);
      }),
    );
  });

  test('leaves what is short, and zeros', () => {
    const short: Gradient = [0.1, -0.2, 0.3, 0.1];
    const zeros: Gradient = [0, 0, 0, 0];
    for (const way of ['globalNorm', 'value', 'perTensorNorm'] as const) {
      expect(clip(way, short, 1)).toEqual(short);
      expect(clip(way, zeros, 1)).toEqual(zeros);
    }
  });

  test('counts every random gradient once', () => {
    for (const name of Object.keys(widget.presets)) {
      const { ways } = plane(presetSettings(widget, name));
      for (const { counts } of Object.values(ways))
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2000);
    }
  });

  test('says of a threshold of 0 or below what is allowed', () => {
    for (const wrong of ['0', '-1']) {
      const { settings, notes } = read(params, [['threshold', wrong]]);
      expect(settings.threshold).toBe(1);
      expect(notes.join()).toContain('0.05');
    }
  });

  test('has challenges that can be met', () => {
    const at = (first1: number, first2: number, second1: number, second2: number, c: number) => {
      const settings = { threshold: c, first1, first2, second1, second2 };
      return (id: string) =>
        widget.challenges!.find((one) => one.id === id)!.solved(settings, plane(settings));
    };
    expect(at(3, 0.2, 0.2, 0.2, 0.2)('right-angle')).toBe(true);
    expect(at(1, 0.2, 0.2, 0.2, 1)('right-angle')).toBe(false);
    expect(at(2, 0, 0, 2, 1)('per-tensor-keeps')).toBe(true);
    expect(at(2, 0, 0, 1, 0.5)('per-tensor-keeps')).toBe(false);
  });
});
