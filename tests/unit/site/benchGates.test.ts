import { expect, test } from 'vitest';
import { checkLoss, checkYardstick, yardstick } from '../../bench/gates';

const where = { job: 'J30', column: 'fit cpu', tolerance: 1e-3 };

test('a column with another loss stops the benchmark, and is named', () => {
  expect(() => checkLoss(where, 0.1901, 0.19)).not.toThrow();
  expect(() => checkLoss(where, 0.1903, 0.19)).toThrow(/J30: fit cpu has the loss 0.1903/);
  expect(() => checkLoss(where, NaN, 0.19)).toThrow(/loss NaN/);
});

test('the yardstick is the middle of the ratios of the rounds', () => {
  expect(yardstick([2, 4, 2], [1, 1, 1.4])).toBe(0.5);
});

test('objects faster or slower than the program they are written after stop the benchmark', () => {
  expect(() => checkYardstick(0.6)).not.toThrow();
  expect(() => checkYardstick(0.46)).not.toThrow();
  expect(() => checkYardstick(0.76)).toThrow(
    /0.76 of the speed of fit on cpu; allowed: 0.45 to 0.75/,
  );
  expect(() => checkYardstick(0.44)).toThrow(/allowed/);
});
