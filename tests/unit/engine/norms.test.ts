import { describe, expect, test } from 'vitest';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import type { MlpSpec, TrainingSpec } from '../../../src/engine/types';
import { framesOf, small } from './backend';

const mlp = small.network as MlpSpec;
const withNorm = (changes: Partial<MlpSpec>, rest: Partial<TrainingSpec> = {}): TrainingSpec => ({
  ...small,
  ...rest,
  network: { ...mlp, ...changes },
});

describe('a network has one norm', () => {
  test.each([
    [
      withNorm({ batchNorm: true, layerNorm: true }),
      'network.layerNorm is true; allowed: false with batchNorm',
    ],
    [
      withNorm({ layerNorm: true, rmsNorm: {} }),
      'allowed: false with layerNorm; a network has one norm',
    ],
    [
      withNorm({ rmsNorm: true, bias: 0.1 }),
      'allowed: nothing with rmsNorm, which takes its place',
    ],
    [
      withNorm({ layerNorm: true, width: 1 }),
      'network.width is 1; allowed: at least 2 with layerNorm',
    ],
    [
      withNorm({ batchNorm: true }, { batchSize: 1 }),
      'batchSize is 1; allowed: at least 2 with batchNorm',
    ],
    [withNorm({ layerNorm: { epsilon: -1 } }), 'network.layerNorm.epsilon'],
  ])('%#', (spec, sentence) => {
    expect(() => resolveSpec(spec)).toThrow(sentence);
  });

  test('and layer and RMS norm do without a batch', () => {
    for (const norm of [{ layerNorm: true }, { rmsNorm: true, width: 1 }])
      expect(() => resolveSpec(withNorm(norm, { batchSize: 1 }))).not.toThrow();
  });
});

describe('before the first update', () => {
  const statisticsOf = async (changes: Partial<MlpSpec>) => {
    const spec = withNorm({ width: 64, ...changes }, { steps: 0 });
    const [frame] = await framesOf(spec, {
      statistics: ['preActivationMean', 'preActivationStd'],
    });
    return frame!.extra!;
  };

  test('layer norm gives every layer mean 0 and standard deviation 1', async () => {
    const extra = await statisticsOf({ layerNorm: true });
    for (const mean of extra['preActivationMean']!.slice(0, mlp.depth))
      expect(mean).toBeCloseTo(0, 5);
    for (const std of extra['preActivationStd']!.slice(0, mlp.depth)) expect(std).toBeCloseTo(1, 3);
  });

  test('RMS norm gives it the mean square 1, and leaves its mean', async () => {
    const { preActivationMean: means, preActivationStd: stds } = await statisticsOf({
      rmsNorm: true,
    });
    means!.slice(0, mlp.depth).forEach((mean, i) => {
      expect(Math.abs(mean)).toBeGreaterThan(1e-4);
      expect(Math.hypot(mean, stds![i]!)).toBeCloseTo(1, 3);
    });
  });
});
