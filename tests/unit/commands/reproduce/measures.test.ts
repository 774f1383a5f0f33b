import { describe, expect, test } from 'vitest';
import {
  needsEveryStep,
  numberOf,
  statisticsFor,
  type Measure,
} from '../../../../src/commands/reproduce/measures';
import type { Outcome } from '../../../../src/commands/reproduce/train';
import type { LaneFrame } from '../../../../src/engine/types';

const frame: LaneFrame = {
  step: 0,
  losses: [],
  accuracies: [],
  signalGradientNorm: [],
  weightGradientNorm: [6, 2, 3],
  weightGradientZeros: [],
  globalNorm: 1,
  extra: { activationStd: [0.5, 0.25] },
  firstNonFinite: null,
  done: false,
};
const final = { trainLoss: 0.5, trainAccuracy: 0.75, testAccuracy: 0.625 };
const learned: Outcome = { losses: [], norms: [3, 4], first: frame, last: { ...frame, final } };
const diverged: Outcome = {
  losses: [],
  norms: [],
  first: frame,
  last: {
    ...frame,
    firstNonFinite: { step: 3, phase: 'loss', tensor: 'z1', layer: 1, value: 'NaN' },
  },
};
/** A run of 30 batches, of which the first so many have a loss of 3, the others one of 1. */
const falling = (high: number): Outcome => ({
  ...learned,
  losses: Array.from({ length: 30 }, (_, i) => (i < high ? 3 : 1)),
});

describe('a measure of a run', () => {
  test.each<[Measure, ofOneThatLearned: number, ofOneThatDiverged: number]>([
    ['trainLoss', 0.5, NaN],
    ['trainAccuracy', 0.75, 0.1],
    ['trainError', 0.25, 0.9],
    ['testAccuracy', 0.625, 0.1],
    ['firstNonFiniteStep', NaN, 3],
  ])('%s is read off its last frame', (measure, ofOneThatLearned, ofOneThatDiverged) => {
    expect(numberOf(measure, learned)).toBe(ofOneThatLearned);
    expect(numberOf(measure, diverged)).toBe(ofOneThatDiverged);
  });

  test('rmsGlobalNorm is the root of the mean square over all frames', () => {
    expect(numberOf('rmsGlobalNorm', learned)).toBeCloseTo(Math.sqrt(12.5), 12);
    expect(needsEveryStep(['trainLoss', 'rmsGlobalNorm'])).toBe(true);
    expect(needsEveryStep(['trainLoss'])).toBe(false);
  });

  test('initialLoss is that of the first batch', () => {
    expect(numberOf('initialLoss', falling(1))).toBe(3);
  });

  test('lastLoss is the mean of its last twenty batches', () => {
    expect(numberOf('lastLoss', falling(20))).toBe(2);
  });

  test('lowestLoss is the smallest mean of twenty batches, wherever they are', () => {
    const { losses } = falling(20);
    const broken = [...losses.toReversed(), NaN];
    expect(numberOf('lowestLoss', { ...learned, losses: broken })).toBe(2);
    expect(numberOf('lowestLoss', { ...learned, losses: [1, 1] })).toBe(Infinity);
  });

  test('at the start is that of a layer, or of one divided by another', () => {
    expect(numberOf({ atStart: 'activationStd', layer: 2 }, learned)).toBe(0.25);
    expect(numberOf({ atStart: 'weightGradientNorm', layer: 1, over: 3 }, learned)).toBe(2);
  });
});

test('statistics are asked for once, where a frame has them not anyway', () => {
  expect(
    statisticsFor([
      'trainLoss',
      { atStart: 'activationStd', layer: 1 },
      { atStart: 'activationStd', layer: 5 },
      { atStart: 'weightGradientNorm', layer: 1 },
    ]),
  ).toEqual(['activationStd']);
});
