import { describe, expect, test } from 'vitest';
import { mean, standardDeviation } from '../../../src/engine/statistics/reductions';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import { drawNoise } from '../../../src/engine/step/noise';
import type { MlpSpec, ResolvedMlp, TrainingSpec } from '../../../src/engine/types';
import { framesOf, small } from './backend';

const ROWS = 400;
const [DEPTH, WIDTH] = [2, 50];

const noisy = (
  noise: MlpSpec['preActivationNoise'],
  rest: Partial<MlpSpec> = {},
): TrainingSpec => ({
  ...small,
  network: {
    ...(small.network as MlpSpec),
    ...{ depth: DEPTH, width: WIDTH },
    preActivationNoise: noise!,
    ...rest,
  },
});
const resolved = (noise: MlpSpec['preActivationNoise']): ResolvedMlp =>
  resolveSpec(noisy(noise)).network as ResolvedMlp;
const draw = (noise: MlpSpec['preActivationNoise'], seed = 1, step = 0): Float32Array[] =>
  drawNoise(resolved(noise), ROWS, seed, step);

/** One list of entries for each unit of a tensor [rows, width]. */
const byUnit = (values: Float32Array): Float32Array[] =>
  Array.from({ length: WIDTH }, (_, unit) => values.filter((_v, i) => i % WIDTH === unit));

describe('the noise of a step', () => {
  test('is a scale and a shift for each layer, row and unit', () => {
    expect(draw(true).map(({ length }) => length)).toEqual(
      Array.from({ length: 2 * DEPTH }, () => ROWS * WIDTH),
    );
  });

  test('is drawn around a scale from U(1, 1.25) and a shift from U(±0.5) of each unit', () => {
    for (const [i, values] of draw(true).entries()) {
      const units = byUnit(values);
      const centers = Float32Array.from(units.map((unit) => mean(unit)));
      const [low, high] = i % 2 === 0 ? [1, 1.25] : [-0.5, 0.5];
      // Means of 400 draws with a standard deviation of at most 0.1 are off by 0.02 at most once in 10 000.
      expect(Math.min(...centers)).toBeGreaterThan(low - 0.02);
      expect(Math.max(...centers)).toBeLessThan(high + 0.02);
      // A uniform distribution of width d has the standard deviation d/√12; of 50 draws it is known to 15 %.
      expect(standardDeviation(centers) / ((high - low) / Math.sqrt(12))).toBeCloseTo(1, 0.3);
      // Rows spread by N(σ, 0.1²), or by U(μ ± 0.1), whose standard deviation is 0.1/√3.
      const spread = mean(Float32Array.from(units.map((unit) => standardDeviation(unit))));
      expect(spread / (i % 2 === 0 ? 0.1 : 0.1 / Math.sqrt(3))).toBeCloseTo(1, 1.3);
    }
  });

  test('without spreads is the same for all rows', () => {
    for (const values of draw({ shiftSpread: 0, scaleSpread: 0 }))
      for (const unit of byUnit(values)) expect(new Set(unit).size).toBe(1);
  });

  test('is another one for each step and each seed, and the same for the same', () => {
    const [first, again, later, other] = [draw(true), draw(true), draw(true, 1, 1), draw(true, 2)];
    expect(again).toEqual(first);
    for (const different of [later, other])
      first.forEach((values, i) => expect(different[i]).not.toEqual(values));
  });
});

describe('a network with noise', () => {
  const statistics = ['preActivationMean', 'preActivationStd'];
  const std = async (spec: TrainingSpec): Promise<number[]> =>
    (await framesOf({ ...spec, steps: 0 }, { statistics }))[0]!.extra!['preActivationStd']!;

  test('has normalized pre-activations that are spread by as much as the noise says', async () => {
    const noise = { shift: 0, scale: 3, shiftSpread: 0, scaleSpread: 0 };
    const [plain, spread] = await Promise.all([
      std(noisy(false, { batchNorm: true })),
      std(noisy(noise, { batchNorm: true })),
    ]);
    for (let layer = 0; layer < DEPTH; layer++) {
      expect(plain[layer]).toBeCloseTo(1, 2);
      // √E σ² of U(1, 3) is √(13/3).
      expect(spread[layer]! / Math.sqrt(13 / 3)).toBeCloseTo(1, 0.7);
    }
  });

  test('whose noise is nothing is the network without it, to the last bit', async () => {
    const nothing = { shift: 0, scale: 1, shiftSpread: 0, scaleSpread: 0 };
    const losses = async (noise: MlpSpec['preActivationNoise']): Promise<number[]> =>
      (await framesOf({ ...noisy(noise, { layerNorm: true }), steps: 5 })).flatMap(
        (frame) => frame.losses,
      );
    expect(await losses(nothing)).toEqual(await losses(false));
  });

  test('draws nothing in use: the whole data have one accuracy, whatever the last step drew', async () => {
    const final = async (noise: MlpSpec['preActivationNoise']) =>
      (await framesOf({ ...noisy(noise), steps: 0 })).at(-1)!.final;
    const gentle = { shift: 0, scale: 1, shiftSpread: 0, scaleSpread: 0 };
    expect(await final({ ...gentle, shift: 5, shiftSpread: 1 })).toEqual(await final(gentle));
  });

  test.each([
    [{ scale: 0 }, 'network.preActivationNoise.scale is 0; allowed: a number above 0'],
    [{ shift: -1 }, 'network.preActivationNoise.shift is -1; allowed: a number of at least 0'],
    ['yes', 'network.preActivationNoise is "yes"; allowed: true, false or an object'],
  ])('refuses %j with a sentence', (noise, sentence) => {
    expect(() => resolveSpec(noisy(noise as MlpSpec['preActivationNoise']))).toThrow(sentence);
  });
});
