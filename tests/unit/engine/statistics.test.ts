import { describe, expect, test } from 'vitest';
import { parse, revive, stringify } from '../../../src/engine/json';
import {
  distinctRows,
  numericalRank,
  spectralNorm,
  spectralRadius,
} from '../../../src/engine/statistics/linearAlgebra';
import {
  firstNonFinite,
  norm,
  standardDeviation,
  zeroShare,
} from '../../../src/engine/statistics/reductions';
import { createLocalEngineService } from '../../../src/engine/node';
import { framesOf, small } from './backend';
import type { TrainingSpec } from '../../../src/engine/types';

describe('norms', () => {
  test.each([1e-44, 1e-30, 1, 1e30, 3e38])('of four float32 numbers of size %s', (size) => {
    const values = new Float32Array(4).fill(size);
    expect(norm(values) / (2 * values[0]!)).toBeCloseTo(1, 12);
  });

  test('exact zeros and the first non-finite entry are found', () => {
    const values = Float32Array.from([0, -0, 1, -Infinity, NaN]);
    expect(zeroShare(values)).toBe(0.4);
    expect(firstNonFinite(values)).toBe('-Infinity');
    expect(firstNonFinite(values, { offset: 0, size: 3 })).toBeNull();
    expect(standardDeviation([1, 3])).toBe(1);
  });
});

describe('spectra', () => {
  test('a rotation has radius and norm 1', () => {
    const [c, s] = [Math.cos(1), Math.sin(1)];
    expect(spectralRadius([c, -s, s, c], 2)).toBeCloseTo(1, 10);
    expect(spectralNorm([c, -s, s, c], 2, 2)).toBeCloseTo(1, 10);
  });

  test('a shear has radius 1 and a larger norm', () => {
    expect(spectralRadius([1, 1, 0, 1], 2)).toBeCloseTo(1, 8);
    expect(spectralNorm([1, 1, 0, 1], 2, 2)).toBeCloseTo((1 + Math.sqrt(5)) / 2, 10);
  });

  test('zero, and numbers far from 1', () => {
    expect(spectralRadius([0, 0, 0, 0], 2)).toBe(0);
    expect(spectralRadius([0, 1, 0, 0], 2)).toBe(0);
    expect(spectralNorm([3e-30, 0, 0, 1e-30], 2, 2) / 3e-30).toBeCloseTo(1, 10);
  });
});

describe('ranks', () => {
  test('count independent rows, at any size of the numbers', () => {
    expect(numericalRank([1, 2, 3, 2, 4, 6], 2, 3)).toBe(1);
    expect(numericalRank([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, 3)).toBe(2);
    expect(numericalRank([1e-20, 0, 0, 3e-20], 2, 2)).toBe(2);
    expect(numericalRank([0, 0, 0, 0], 2, 2)).toBe(0);
    expect(numericalRank([1, 0, 0, 1, 1, 1], 3, 2)).toBe(2);
  });

  test('take no notice of the last bit of a float32', () => {
    const [a, b] = [Math.fround(0.1), Math.fround(0.3)];
    expect(numericalRank([a, b, a * (1 + 2 ** -23), b], 2, 2)).toBe(1);
    expect(numericalRank([a, b, a * (1 + 2 ** -18), b], 2, 2)).toBe(2);
  });

  test('rows differ where any bit does', () => {
    expect(distinctRows([1, 2, 1, 2, 1, 3], 3, 2)).toBe(2);
    expect(distinctRows([0.1, 0.1, Math.fround(0.1), 0.1], 2, 2)).toBe(2);
  });
});

test('JSON keeps what is not finite', () => {
  const value = { loss: [1, NaN, Infinity, -Infinity], none: null };
  expect(stringify(value)).toBe('{"loss":[1,"NaN","Infinity","-Infinity"],"none":null}');
  expect(parse(stringify(value))).toEqual(value);
  expect(revive(JSON.parse(stringify(value)))).toEqual(value);
});

describe('further statistics', () => {
  const names = [
    'activationStd',
    'saturation',
    'deadUnits',
    'updateNorm',
    'updateRatio',
    'activationHistogram',
    'weightNorm',
    'clipping',
    'penalty',
  ];

  test('of a multilayer perceptron', async () => {
    const spec: TrainingSpec = {
      ...small,
      steps: 1,
      clip: { kind: 'globalNorm', maxNorm: 0.1 },
      penalty: { l2: 0.01 },
    };
    const [frame] = await framesOf(spec, { statistics: names });
    const extra = frame!.extra!;
    expect(extra['activationStd']).toHaveLength(2);
    expect(extra['saturation']!.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(extra['deadUnits']).toEqual([0, 0]);
    expect(extra['clippedNorm']![0]).toBeCloseTo(0.1, 6);
    expect(extra['clippedCosine']![0]).toBeCloseTo(1, 6);
    expect(extra['activationHistogram']!.reduce((a, b) => a + b)).toBe(2 * 32 * 16);
    extra['updateNorm']!.forEach((norm, i) =>
      expect(norm / extra['weightNorm']![i]!).toBeCloseTo(extra['updateRatio']![i]!, 10),
    );
    const squares = extra['weightNorm']!.reduce((total, value) => total + value ** 2, 0);
    expect(extra['penalty']![0]).toBeCloseTo(0.005 * squares, 5);
    expect(extra['totalLoss']![0]).toBeCloseTo(frame!.losses[0]! + extra['penalty']![0]!, 5);
  });

  test('a layer whose biases are far below 0 is dead', async () => {
    const network = { ...small.network, activation: 'relu', bias: -100 } as TrainingSpec['network'];
    const [frame] = await framesOf(
      { ...small, network, steps: 0 },
      { statistics: ['deadUnits', 'saturation'] },
    );
    expect(frame!.extra).toEqual({ deadUnits: [1, 1], saturation: [1, 1] });
    expect(frame!.weightGradientZeros.slice(0, 2)).toEqual([1, 1]);
  });

  test('of an LSTM, one entry a time step', async () => {
    const spec: TrainingSpec = {
      ...small,
      network: {
        kind: 'recurrent',
        cell: 'lstm',
        hiddenSize: 6,
        initializer: { kind: 'glorotUniform' },
        recurrentInitializer: { kind: 'orthogonal' },
        readout: 'last',
        forgetBias: 1,
      },
      task: { kind: 'recall', length: 7 },
      steps: 2,
    };
    const [frame] = await framesOf(spec, {
      statistics: ['cellGradientNorm', 'spectralRadius', 'spectralNorm'],
    });
    expect(frame!.signalGradientNorm).toHaveLength(7);
    expect(frame!.extra!['cellGradientNorm']).toHaveLength(7);
    expect(frame!.extra!['spectralNorm']).toHaveLength(4);
    for (const value of frame!.extra!['spectralNorm']!) expect(value).toBeCloseTo(1, 5);
  });

  test('exact zeros are counted in signals and biases', async () => {
    const network = { ...small.network, activation: 'relu', bias: -100 } as TrainingSpec['network'];
    const names = ['signalGradientZeros', 'hiddenGradientZeros', 'biasGradientZeros'];
    const [frame] = await framesOf({ ...small, network, steps: 0 }, { statistics: names });
    const rows = { ...small, network: { ...small.network, activation: 'relu' as const } };
    expect(frame!.extra).toEqual({
      signalGradientZeros: [1, 1, 0],
      hiddenGradientZeros: [1, 0],
      biasGradientZeros: [1, 1, 0],
    });
    const [alive] = await framesOf({ ...rows, steps: 0 } as TrainingSpec, { statistics: names });
    const [share] = alive!.extra!['signalGradientZeros']!;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
  });

  test('histograms of pre-activations hold every entry, the output layer’s too', async () => {
    const [frame] = await framesOf(
      { ...small, steps: 0 },
      { statistics: ['preActivationHistogram', 'preActivationMean'] },
    );
    const counts = frame!.extra!['preActivationHistogram']!;
    const [low, high] = frame!.extra!['preActivationHistogramRange'] as [number, number];
    expect(counts).toHaveLength(3 * 40);
    const layer = counts.slice(0, 40);
    expect(layer.reduce((a, b) => a + b)).toBe(32 * 16);
    const width = (high - low) / 40;
    const center = layer.reduce((sum, count, i) => sum + count * (low + (i + 0.5) * width), 0);
    const mean = frame!.extra!['preActivationMean']![0]!;
    expect(Math.abs(center / (32 * 16) - mean)).toBeLessThan(width / 2);
  });

  test('one that no network of the run has is an error that names it', async () => {
    await expect(framesOf(small, { statistics: ['cellStd'] })).rejects.toThrow(
      'statistics holds cellStd, which there is none of in a network of kind "mlp"; allowed: activationMean',
    );
    await expect(framesOf(small, { statistics: ['spectralRadius'] })).rejects.toThrow(
      'statistics holds spectralRadius, which',
    );
  });

  test('one that a single lane has is left out of the others', async () => {
    const cell = (name: 'rnn' | 'lstm'): TrainingSpec => ({
      ...small,
      network: {
        kind: 'recurrent',
        cell: name,
        hiddenSize: 3,
        initializer: { kind: 'glorotUniform' },
        recurrentInitializer: { kind: 'orthogonal' },
        readout: 'last',
      },
      task: { kind: 'recall', length: 4 },
      steps: 0,
    });
    const session = createLocalEngineService('cpu').session({
      pace: () => ({ steps: 1, milliseconds: 1000 }),
    });
    const lanes = { plain: cell('rnn'), gated: cell('lstm') };
    for await (const frame of session.train(lanes, { statistics: ['cellStd', 'activationStd'] })) {
      expect(Object.keys(frame.lanes['plain']!.extra!)).toEqual(['activationStd']);
      expect(frame.lanes['gated']!.extra!['cellStd']).toHaveLength(4);
    }
  });

  test('an unknown name is an error that names the known ones', async () => {
    await expect(framesOf(small, { statistics: ['entropy'] })).rejects.toThrow(
      'statistics holds entropy; allowed: activationMean',
    );
  });
});
