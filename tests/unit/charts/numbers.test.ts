import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNumber, formatTick, powerOfTen } from '../../../src/kit/charts/numbers';

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [1437, '1,437'],
    [0.5, '0.5'],
    [-2.5, '−2.5'],
    [0.031249, '0.0312'],
    [1234.5, '1,235'],
    [1.234e-7, '1.23×10⁻⁷'],
    [1e-20, '10⁻²⁰'],
    [-1e-20, '−1×10⁻²⁰'],
    [6.02e23, '6.02×10²³'],
    [5e-324, '4.94×10⁻³²⁴'],
    [9.999e-4, '0.001'],
    [999999.9, '10⁶'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '−Infinity'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('follows the locale', () => {
    expect(formatNumber(1234.5, { locale: 'de', digits: 5 })).toBe('1.234,5');
    expect(formatNumber(1.5e-9, { locale: 'de' })).toBe('1,5×10⁻⁹');
  });

  test('stays within half a unit of the last digit kept', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-290, max: 1e308 }),
        (value) => {
          const text = formatNumber(value)
            .replaceAll(',', '')
            .replace('−', '-')
            .replace(/(?:×|^)10(?=[⁻⁰¹²³⁴-⁹])/, (found) => (found[0] === '×' ? 'e' : '1e'))
            .replace(/[⁻⁰¹²³⁴-⁹]/g, (c) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c)]!);
          expect(Math.abs(Number(text) / value - 1)).toBeLessThan(0.00501);
        },
      ),
    );
  });
});

test('powerOfTen raises its exponent', () => {
  expect(powerOfTen(-12)).toBe('10⁻¹²');
  expect(powerOfTen(307)).toBe('10³⁰⁷');
});

test('ticks of one axis have the same number of decimals', () => {
  expect([0, 0.5, 1].map((v) => formatTick(v, 0.5, 1, 'en'))).toEqual(['0.0', '0.5', '1.0']);
  expect([0, 100].map((v) => formatTick(v, 100, 300, 'en'))).toEqual(['0', '100']);
});
