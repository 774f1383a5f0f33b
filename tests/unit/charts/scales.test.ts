import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { domainOf, holds, makeScale, ticksThatFit } from '../../../src/kit/charts/scales';
import type { Axis } from '../../../src/kit/charts/spec';

const linear: Axis = { label: 'x', scale: 'linear' };
const log: Axis = { label: 'x', scale: 'log' };
const integer: Axis = { label: 'x', scale: 'linear', integer: true };

/** The same cases each time: a failure is repeatable. */
const cases = { seed: 1, numRuns: 1000 };

const anyAxis = fc.constantFrom(linear, log, integer);
const anyValues = fc.array(fc.double(), { maxLength: 8 });

describe('domainOf', () => {
  test('is a held, non-empty interval around every value the axis holds, for any data', () => {
    fc.assert(
      fc.property(anyAxis, anyValues, fc.boolean(), (axis, values, round) => {
        const [low, high] = domainOf(axis, values, round);
        expect(low).toBeLessThan(high);
        expect(holds(axis, low) && holds(axis, high)).toBe(true);
        const slack = 1e-8 * Math.max(Math.abs(low), Math.abs(high));
        for (const value of values.filter((v) => holds(axis, v))) {
          expect(value).toBeGreaterThanOrEqual(low - slack);
          expect(value).toBeLessThanOrEqual(high + slack);
        }
      }),
      cases,
    );
  });

  test('keeps ends that are given', () => {
    expect(domainOf({ ...linear, domain: [0, 300] }, [1000], true)).toEqual([0, 300]);
  });

  test('reaches down to 0 where the values come near it, and not where they do not', () => {
    expect(domainOf(linear, [0.4, 2.3], true)[0]).toBe(0);
    expect(domainOf(linear, [95, 99], true)[0]).toBeGreaterThan(90);
  });

  test('ends at whole decades on a log axis', () => {
    expect(domainOf(log, [3e-7, 0.5], true)).toEqual([1e-7, 1]);
    expect(domainOf(log, [1, 1], true)).toEqual([0.1, 10]);
  });
});

describe('makeScale', () => {
  test('is monotonic and inverts itself, for any data', () => {
    fc.assert(
      fc.property(
        anyAxis,
        anyValues,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (axis, values, share) => {
          // Subnormal numbers lie too far apart to be found again.
          const domain = domainOf(
            axis,
            values.filter((v) => Math.abs(v) > 1e-300),
            true,
          );
          const { place, value } = makeScale(axis, domain, [40, 240], 5);
          expect(place(domain[0])).toBeCloseTo(40, 6);
          expect(place(domain[1])).toBeCloseTo(240, 6);
          expect(place(value(40 + 200 * share))).toBeCloseTo(40 + 200 * share, 3);
        },
      ),
      cases,
    );
  });

  test('has a few distinct ticks, in order, within the domain, for any data', () => {
    fc.assert(
      fc.property(anyAxis, anyValues, fc.integer({ min: 2, max: 10 }), (axis, values, count) => {
        const domain = domainOf(axis, values, true);
        const { ticks } = makeScale(axis, domain, [0, 100], count);
        expect(ticks.length).toBeLessThanOrEqual(2 * count + 3);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
        for (const [k, tick] of ticks.entries()) {
          expect(tick.at).toBeGreaterThanOrEqual(-1e-6);
          expect(tick.at).toBeLessThanOrEqual(100 + 1e-6);
          if (k > 0) expect(tick.at).toBeGreaterThan(ticks[k - 1]!.at);
          if (axis.integer) expect(Number.isInteger(tick.value)).toBe(true);
        }
      }),
      cases,
    );
  });

  const labels = (axis: Axis, domain: [number, number], count = 5) =>
    makeScale(axis, domain, [0, 1], count).ticks.map(({ label }) => label);

  test.each([
    [linear, [0, 3], ['0', '1', '2', '3']],
    [linear, [0, 1], ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [integer, [0, 300], ['0', '100', '200', '300']],
    [log, [1e-7, 1], ['10⁻⁶', '10⁻⁴', '10⁻²', '1']],
    [log, [0.01, 100], ['0.01', '0.1', '1', '10', '100']],
    [log, [1, 30], ['1', '2', '5', '10', '20']],
  ] as [Axis, [number, number], string[]][])('labels %j over %j', (axis, domain, expected) => {
    expect(labels(axis, domain, 5)).toEqual(expected);
  });

  test('labels layers from the first on', () => {
    const at = (high: number) => labels(integer, [1, high], ticksThatFit(integer, [1, high], 260));
    expect(at(5)).toEqual(['1', '2', '3', '4', '5']);
    expect(at(11)).toEqual(['1', '3', '5', '7', '9', '11']);
    expect(at(50)).toEqual(['1', '10', '20', '30', '40', '50']);
  });
});

describe('an axis whose given ends are no interval', () => {
  test('is one around the value, where both are one', () => {
    for (const axis of [linear, log, integer]) {
      const [low, high] = domainOf({ ...axis, domain: [1, 1] }, [], true);
      expect(low).toBeLessThan(1);
      expect(high).toBeGreaterThan(1);
    }
  });

  test('is that of the data and of the end that it can hold', () => {
    expect(domainOf({ ...linear, domain: [0, NaN] }, [1, 3], false)).toEqual([0, 3]);
    expect(domainOf({ ...linear, domain: [0, Infinity] }, [], true)).toEqual(
      domainOf(linear, [0], true),
    );
    expect(domainOf({ ...log, domain: [0, 10] }, [2], false)).toEqual([2, 10]);
  });
});
