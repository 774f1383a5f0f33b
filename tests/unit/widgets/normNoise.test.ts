import { expect, test } from 'vitest';
import { withDefaults } from '../../../src/engine/types';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { shiftsOf } from '../../../src/widgets/norm-noise/shift';
import widget from '../../../src/widgets/norm-noise/widget';
import { train } from './training';

const settings = presetSettings(widget, 'problem');
const small = { ...settings, steps: 20, width: 8, depth: 2, batchSize: 32 };

test('the networks differ in norm and noise alone, and the noise is the same with and without a norm', () => {
  const [none, noisy, batchNorm, both] = widget
    .lanes(settings, sayFor())
    .map(({ spec }) => withDefaults(spec).network);
  expect(both).toEqual({ ...none, ...pick(noisy!), ...norm(batchNorm!) });
  expect(pick(noisy!).preActivationNoise).toMatchObject({ shift: 0.75, scale: 1.25 });
  expect(pick(none!).preActivationNoise).toBeNull();
});

type Network = ReturnType<typeof withDefaults>['network'];
const pick = (network: Network) => ({
  preActivationNoise: network.kind === 'mlp' ? network.preActivationNoise : undefined,
});
const norm = (network: Network) => ({
  batchNorm: network.kind === 'mlp' ? network.batchNorm : undefined,
});

test('a shift is the distance that means and spreads moved, in units of the spread, layer by layer', () => {
  const before = { unitMean: [0, 0, 5, 5], unitStd: [1, 1, 2, 2] };
  expect(shiftsOf(before, before, 2)).toEqual([0, 0]);
  // One of the two units of the first layer moves by 3, both of the second spread from 2 to 4.
  const after = { unitMean: [3, 0, 5, 5], unitStd: [1, 1, 4, 4] };
  expect(shiftsOf(before, after, 2)).toEqual([
    expect.closeTo(Math.sqrt(9 / 2), 12),
    expect.closeTo(Math.sqrt(8 / 32), 12),
  ]);
  // Ten times as large, the same.
  const scaled = (one: typeof before) => ({
    unitMean: one.unitMean.map((value) => 10 * value),
    unitStd: one.unitStd.map((value) => 10 * value),
  });
  shiftsOf(scaled(before), scaled(after), 2).forEach((shift, layer) =>
    expect(shift).toBeCloseTo(shiftsOf(before, after, 2)[layer]!, 12),
  );
});

test('each step but the first has a shift; batch norm holds it near 0, noise behind it moves it as drawn', async () => {
  const { result, named } = await train(widget, small);
  for (const { frameSteps, extra } of Object.values(result.lanes)) {
    expect(frameSteps).toEqual(Array.from({ length: 21 }, (_, step) => step));
    expect(extra['inputShift']!.map((layers) => layers.every(Number.isFinite))).toEqual(
      frameSteps.map((step) => step > 0),
    );
  }
  expect(named['batchNorm.inputShift']).toBeLessThan(0.1);
  // Two draws from U(±0.75) are √(2·0.75²/3) apart, of spreads about 1.1; the scales add little.
  expect(named['noisyBatchNorm.inputShift']).toBeGreaterThan(0.4);
  expect(named['noisyBatchNorm.inputShift']).toBeLessThan(0.75);
});

test('without shifts and scales of units the network with noise trains much as the one without', async () => {
  const { result } = await train(widget, { ...small, shift: 0, scale: 1 });
  // Rows still spread by a tenth, so the runs are alike and not the same.
  const last = (name: string) => result.lanes[name]!.loss.at(-1)!;
  expect(last('noisyBatchNorm') / last('batchNorm')).toBeGreaterThan(0.7);
  expect(last('noisyBatchNorm') / last('batchNorm')).toBeLessThan(1.4);
});
