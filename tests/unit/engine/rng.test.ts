import { expect, test } from 'vitest';
import { Rng, stream } from '../../../src/engine/start/rng';

test('a permutation holds every number once', () => {
  expect([...new Rng(4).permutation(1000)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 1000 }, (_, i) => i),
  );
});

test('normals have mean 0, variance 1 and kurtosis 3', () => {
  const rng = new Rng(9);
  const n = 200_000;
  let [sum, square, fourth] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const z = rng.normal();
    sum += z;
    square += z * z;
    fourth += z ** 4;
  }
  // Three standard errors: 3/√n, 3√2/√n, 3√96/√n.
  expect(Math.abs(sum / n)).toBeLessThan(0.007);
  expect(Math.abs(square / n - 1)).toBeLessThan(0.01);
  expect(Math.abs(fourth / n - 3)).toBeLessThan(0.07);
});

test('streams of one seed and of neighbouring seeds and indices are unrelated', () => {
  const draws = (rng: Rng): number[] => Array.from({ length: 4000 }, () => rng.normal());
  const all = [
    stream(1, 'parameters'),
    stream(1, 'data'),
    stream(1, 'batches'),
    stream(1, 'batches', 1),
    stream(2, 'batches'),
    stream(2, 'parameters'),
  ].map(draws);
  for (let i = 0; i < all.length; i++) {
    for (let j = 0; j < i; j++) {
      const correlation =
        all[i]!.reduce((total, value, k) => total + value * all[j]![k]!, 0) / 4000;
      expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(4000));
    }
  }
});
