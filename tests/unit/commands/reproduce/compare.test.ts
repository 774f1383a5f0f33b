import { describe, expect, test } from 'vitest';
import { compare } from '../../../../src/commands/reproduce/compare';
import type { Comparison } from '../../../../src/commands/reproduce/comparison';

/** So many runs that stayed finite, and so many that did not. */
const runs = (finite: number, lost: number): number[] => [
  ...Array<number>(finite).fill(7),
  ...Array<number>(lost).fill(NaN),
];

const cases: [what: string, reference: Comparison, near: number[], far: number[]][] = [
  ['a mean with its sd', { mean: 2, sd: 0.1 }, [2.19, 2.19], [2.21, 2.21]],
  ['a share of test images', { mean: 0.9, shareOf: 'test' }, [0.93], [0.94]],
  ['a share of training images', { mean: 0.9, shareOf: 'training' }, [0.915], [0.917]],
  ['a rounded mean', { mean: 0.63, decimals: 2 }, [0.6349], [0.636]],
  ['a mean with a slack', { mean: 104, slack: 4, why: 'so' }, [108], [108.5]],
  ['a geometric mean', { geometricMean: 10 }, [2, 20], [2, 3]],
  ['a count of none', { ofTen: 0, above: 1 }, [1, 1, 1, 1, 2], [1, 1, 1, 2, 2]],
  ['a count of all', { ofTen: 10, below: 1 }, [0, 0, 0, 0, 2], [0, 0, 0, 2, 2]],
  [
    'a count by Fisher’s test',
    { ofTen: 10, finite: true, unlessRarerThan: 0.01 },
    runs(4, 6),
    runs(3, 7),
  ],
  [
    'a count of forty by Fisher’s test',
    { ofForty: 6, finite: true, unlessRarerThan: 0.01 },
    runs(16, 24),
    runs(18, 22),
  ],
  ['a count of finite runs', { ofTen: 4.75, finite: true }, runs(6, 4), runs(7, 3)],
  ['a number without a seed', { exact: 0.1481, decimals: 4 }, [0.14814], [0.14816]],
];

describe('what was measured', () => {
  test.each(cases)('agrees with %s where it is near, and not where it is far', (_, ...given) => {
    const [reference, near, far] = given;
    expect(compare(reference, near).agrees).toBe(true);
    expect(compare(reference, far).agrees).toBe(false);
  });

  test.each<Comparison>([
    { mean: 1, sd: 0.1 },
    { geometricMean: 1 },
    { ofTen: 10, below: 1 },
    { ofTen: 10, above: 1 },
    { ofTen: 10, finite: true },
    { exact: 1, decimals: 2 },
  ])('disagrees with %j where there is no number', (reference) => {
    expect(compare(reference, [NaN, NaN]).agrees).toBe(false);
  });
});

describe('a mean', () => {
  test('is told with its deviation, and with that of the reference where there is one', () => {
    expect(compare({ mean: 2.312, sd: 0.04 }, [2.3, 2.32])).toEqual({
      reference: '2.31 ± 0.04',
      measured: '2.31 ± 0.0141',
      allowed: '0.08: 2 sd over PyTorch’s seeds',
      agrees: true,
    });
    expect(compare({ mean: 0.968, shareOf: 'test' }, [0.95])).toMatchObject({
      reference: '0.968',
      measured: '0.95 ± 0',
      allowed: '0.0186: 2 sd of a share of 360 test images',
    });
    expect(compare({ mean: 0.95, shareOf: 'training' }, [0.95]).allowed).toBe(
      '0.0115: 2 sd of a share of 1437 training images',
    );
    expect(compare({ mean: 104, slack: 4, why: 'the split' }, [104]).allowed).toBe('4: the split');
  });

  test('may differ by the wider of the two deviations', () => {
    expect(compare({ mean: 0.63, decimals: 2 }, [0.63]).allowed).toBe(
      '0.005: the reference is rounded',
    );
    expect(compare({ mean: 0.63, decimals: 2 }, [0.5, 0.7])).toEqual({
      reference: '0.63',
      measured: '0.6 ± 0.141',
      allowed: '0.283: 2 sd over our seeds',
      agrees: true,
    });
  });
});

test('a geometric mean is told with the factor between the seeds', () => {
  expect(compare({ geometricMean: 5.3e-6 }, [1e-6, 4e-6])).toEqual({
    reference: '0.0000053',
    measured: '0.000002 ×/÷ 2.67',
    allowed: 'factor 7.1: 2 sd of the logarithm over our seeds',
    agrees: true,
  });
});

test('a count is told of the runs that there were, and set beside ten', () => {
  expect(compare({ ofTen: 0, above: 2.25 }, [2.2, 2.3])).toEqual({
    reference: '0/10',
    measured: '1/2',
    allowed: '2 of 10: a rate of 0.2 gives 0 of 10 with probability 0.11',
    agrees: false,
  });
  expect(compare({ ofTen: 4.75, finite: true }, [1, NaN])).toEqual({
    reference: '4.75/10',
    measured: '1/2',
    allowed: '2 of 10: such a count has an sd of up to 1.6',
    agrees: true,
  });
});

test('a count by Fisher’s test is told with its probability', () => {
  expect(compare({ ofTen: 10, finite: true, unlessRarerThan: 0.01 }, runs(6, 4))).toEqual({
    reference: '10/10',
    measured: '6/10',
    allowed: 'p ≥ 0.01 by Fisher’s exact test: 0.0867',
    agrees: true,
  });
});

test('a number without a seed is told to as many decimals as the reference has', () => {
  expect(compare({ exact: 0.001428, decimals: 6 }, [0.0014279])).toEqual({
    reference: '0.001428',
    measured: '0.001428',
    allowed: '5e-7: the reference is rounded',
    agrees: true,
  });
});
