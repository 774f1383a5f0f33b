import { expect, test } from 'vitest';
import { fisher } from '../../../../src/commands/reproduce/fisher';

test('is the two-sided p of tables with known ones', () => {
  // Fisher's lady tasting tea: 3 of 4 right.
  expect(fisher([3, 1], [1, 3])).toBeCloseTo(34 / 70, 12);
  // All ten against none: 2 of C(20, 10) tables are so far out.
  expect(fisher([10, 0], [0, 10])).toBeCloseTo(2 / 184_756, 12);
  expect(fisher([6, 4], [10, 0])).toBeCloseTo((2 * 210) / 4845, 12);
});

test('does not mind which count comes first, and is 1 where they are alike', () => {
  expect(fisher([3, 7], [6, 14])).toBeCloseTo(1, 12);
  expect(fisher([3, 7], [14, 6])).toBeCloseTo(fisher([14, 6], [3, 7]), 12);
  expect(fisher([0, 10], [0, 20])).toBe(1);
});
