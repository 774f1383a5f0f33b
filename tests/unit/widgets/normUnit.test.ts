import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import type { UnitSettings } from '../../../src/widgets/norm-unit/params';
import { movedTo, normalize, unit } from '../../../src/widgets/norm-unit/unit';
import widget from '../../../src/widgets/norm-unit/widget';

const settings = (preset: string, own: Partial<UnitSettings> = {}): UnitSettings => ({
  ...presetSettings(widget, preset),
  ...own,
});
const told = (preset: string, own: Partial<UnitSettings> = {}) =>
  widget.describe(settings(preset, own), unit(settings(preset, own)), sayFor());
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Σ u_i · γẑ_i, whose derivative with respect to z is what comes back. */
const weighed = (z: readonly number[], u: readonly number[], centers: boolean, gamma: number) =>
  sum(normalize(z, u, centers, gamma).normalized.map((value, i) => gamma * value * u[i]!));

describe('the norm of some numbers', () => {
  const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
    minLength: 3,
    maxLength: 12,
  });

  test('has the derivative that central differences give', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.boolean(),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.integer({ min: 0, max: 999 }),
        (z, centers, gamma, seed) => {
          const { arriving } = unit(settings('problem', { count: z.length, seed }));
          const { variance, leaving } = normalize(z, arriving, centers, gamma);
          // Of numbers that are nearly equal differences are no measure: the norm bends within a step.
          fc.pre(variance > 0.05);
          const step = 1e-5;
          for (const [j, expected] of leaving.entries()) {
            const at = (by: number) => z.map((value, i) => (i === j ? value + by : value));
            const slope =
              (weighed(at(step), arriving, centers, gamma) -
                weighed(at(-step), arriving, centers, gamma)) /
              (2 * step);
            expect(Math.abs(slope - expected)).toBeLessThan(1e-6);
          }
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  test('takes away the line that fits the gradient best, so what is left has neither mean nor slope', () => {
    const { left, normalized } = unit(settings('problem'));
    expect(sum(left)).toBeCloseTo(0, 12);
    // Up to ε: the mean square of ẑ is as much below 1 as the variance is below variance + ε.
    expect(sum(left.map((part, i) => part * normalized[i]!))).toBeCloseTo(0, 4);
  });

  test('hands nothing back of a gradient that is the same everywhere, or of a batch of two', () => {
    expect(unit(settings('same')).passedShare).toBeLessThan(1e-20);
    expect(unit(settings('along')).passedShare).toBeLessThan(1e-8);
    for (let seed = 1; seed <= 10; seed++)
      expect(unit(settings('pair', { seed })).passedShare).toBeLessThan(1e-3);
  });

  test('sends no number further than √(B − 1)', () => {
    for (const count of [2, 5, 8])
      for (const first of [-6, 0, 6]) {
        const { normalized } = unit(settings('problem', { count, first }));
        expect(Math.max(...normalized.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(count - 1));
      }
  });

  test('keeps under RMS norm what all numbers have in common', () => {
    const rms = unit(settings('rms', { arriving: 'same' }));
    expect(rms.mean).toBe(0);
    expect(rms.passedShare).toBeGreaterThan(0.05);
  });
});

describe('a number that is moved', () => {
  test('comes to stand where it is put, to half a hundredth, and leaves the others', () => {
    const start = settings('problem');
    const before = unit(start).numbers;
    for (let index = 0; index < 8; index++)
      for (const to of [-5.5, 0, 2.34]) {
        const [name, value] = movedTo(index, to, start);
        const { numbers } = unit({ ...start, [name]: value });
        expect(Math.abs(numbers[index]! - to)).toBeLessThanOrEqual(0.005 + 1e-9);
        expect(numbers.filter((_, i) => i !== index)).toEqual(before.filter((_, i) => i !== index));
      }
  });

  test('stays on the line, and goes back by 0', () => {
    const start = settings('problem');
    const [name, value] = movedTo(3, 99, start);
    expect(unit({ ...start, [name]: value }).numbers[3]).toBeCloseTo(6, 1);
    expect(unit({ ...start, fourth: -12 }).numbers[3]).toBe(-6);
    expect(unit({ ...start, [name]: 0 })).toEqual(unit(start));
  });

  test('moves every output of a batch, and the norm stays one', () => {
    const start = settings('problem');
    const [name, value] = movedTo(5, -4, start);
    const [before, after] = [unit(start), unit({ ...start, [name]: value })];
    after.output.forEach((output, i) => expect(output).not.toBe(before.output[i]));
    expect(sum(after.normalized)).toBeCloseTo(0, 9);
  });
});

describe('the running statistics', () => {
  test('come a tenth of the way with each batch, to the unbiased variance', () => {
    const { runningMean, runningVariance, mean, variance } = unit(settings('problem'));
    expect(runningMean.slice(0, 2)).toEqual([0, expect.closeTo(0.1 * mean, 12)]);
    expect(runningVariance[0]).toBe(1);
    expect(runningVariance.at(-1)).toBeCloseTo((variance * 8) / 7, 1);
  });

  test('are not there under layer norm', () => {
    expect(unit(settings('rms')).runningMean).toEqual([]);
  });
});

describe('the sentences', () => {
  test('say of a batch of one that its variance is 0, and of one unit that layer norm stops it', () => {
    expect(told('one')).toContain('A single number has the variance 0');
    expect(told('one')).toContain('PyTorch refuses it');
    expect(told('one', { norm: 'layer' })).toContain('A layer of one unit');
    expect(unit(settings('one')).leaving).toEqual([0]);
  });

  test('say of two that moving them changes nothing', () => {
    expect(told('pair')).toContain('become −1 and 1');
  });
});
