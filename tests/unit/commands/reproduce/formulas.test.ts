import { expect, test } from 'vitest';
import { computed } from '../../../../src/commands/reproduce/formulas';

test('what has no seed is computed once', () => {
  // One sigmoid unit at z = 1: (h − 0) h (1 − h), h = σ(1).
  const h = 1 / (1 + Math.exp(-1));
  const [one, ...others] = computed({ kind: 'sigmoidChainBiasGradient', units: 1, unit: 1 }, 3);
  expect(one).toBeCloseTo(h * h * (1 - h), 12);
  expect(others).toEqual([]);
  // A linear network keeps the variance's slope, σ_w², whatever the variance is.
  const chi = computed({ kind: 'chi', activation: 'linear', weightStd: 0.5, biasStd: 0.1 }, 3);
  expect(chi).toHaveLength(1);
  expect(chi[0]).toBeCloseTo(0.25, 12);
});

test('a unit is counted from the input', () => {
  const [first, last] = [1, 4].map(
    (unit) => computed({ kind: 'sigmoidChainBiasGradient', units: 4, unit }, 1)[0]!,
  );
  expect(first! / last!).toBeLessThan(0.02);
});

test('what is drawn is drawn for each seed, and near its expectation', () => {
  const variances = computed({ kind: 'varianceOfSum', terms: 4, draws: 4000 }, 3);
  expect(new Set(variances).size).toBe(3);
  // E x² = ½ and n weights of variance 1/n.
  for (const variance of variances) expect(Math.abs(variance - 0.5)).toBeLessThan(0.1);
});
