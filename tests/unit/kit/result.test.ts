import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LaneFrame, TrainingFrame } from '../../../src/engine/types';
import { accumulate, decimate, emptyResult, frameSteps, upToStep } from '../../../src/kit/result';
import type { TrainingResult } from '../../../src/kit/widget';

function laneFrame(step: number, losses: number[], rest: Partial<LaneFrame> = {}): LaneFrame {
  return {
    step,
    losses,
    accuracies: losses.map(() => 0.5),
    signalGradientNorm: [step, 1],
    weightGradientNorm: [step, 2],
    weightGradientZeros: [0, 0],
    globalNorm: step,
    firstNonFinite: null,
    done: false,
    ...rest,
  };
}

const frame = (lane: LaneFrame): TrainingFrame => ({ lanes: { a: lane }, stepsPerSecond: 1 });

const run = (ends: number[]): TrainingResult => {
  let before = -1;
  return ends.reduce(
    (result, end) => {
      const losses = Array.from({ length: end - before }, (_, i) => before + 1 + i);
      before = end;
      return accumulate(result, frame(laneFrame(end, losses)));
    },
    emptyResult(['a']),
  );
};

describe('accumulate', () => {
  it('puts each loss at its step', () => {
    const lane = run([0, 3, 5]).lanes['a'];
    expect(lane?.steps).toEqual([0, 1, 2, 3, 4, 5]);
    expect(lane?.loss).toEqual([0, 1, 2, 3, 4, 5]);
    expect(lane?.frameSteps).toEqual([0, 3, 5]);
    expect(lane?.signalGradientNorm).toEqual([
      [0, 1],
      [3, 1],
      [5, 1],
    ]);
  });

  it('changes neither of its arguments', () => {
    const before = run([0, 2]);
    const copy = structuredClone(before);
    accumulate(before, frame(laneFrame(3, [3])));
    expect(before).toEqual(copy);
  });

  it('keeps the frames before a break, and their losses once', () => {
    const broken = laneFrame(5, [3, 4, 5], {
      done: true,
      firstNonFinite: { step: 5, phase: 'loss', tensor: 'loss', layer: null, value: 'Infinity' },
      lastFinite: [laneFrame(3, []), laneFrame(4, [])],
    });
    const lane = accumulate(run([0, 2]), frame(broken)).lanes['a'];
    expect(lane?.frameSteps).toEqual([0, 2, 3, 4, 5]);
    expect(lane?.globalNorm).toEqual([0, 2, 3, 4, 5]);
    expect(lane?.steps).toEqual([0, 1, 2, 3, 4, 5]);
    expect(lane?.firstNonFinite?.step).toBe(5);
  });

  it('takes nothing twice from a lane that has ended', () => {
    const final = { trainLoss: 1, trainAccuracy: 1, testAccuracy: 1 };
    const ended = laneFrame(2, [1, 2], { done: true, final });
    const once = accumulate(run([0]), frame(ended));
    expect(accumulate(once, frame(ended))).toEqual(once);
    expect(once.lanes['a']?.final).toEqual(final);
  });

  it('takes the end of a lane that comes with the same step', () => {
    const final = { trainLoss: 1, trainAccuracy: 1, testAccuracy: 1 };
    const once = accumulate(run([0, 2]), frame(laneFrame(2, [], { done: true, final })));
    expect(once.lanes['a']?.steps).toEqual([0, 1, 2]);
    expect(once.lanes['a']?.final).toEqual(final);
  });

  it('gives the same series however the run was cut into frames', () => {
    const cuts = fc
      .uniqueArray(fc.integer({ min: 1, max: 59 }), { maxLength: 20 })
      .map((inner) => [0, ...inner.sort((a, b) => a - b), 60]);
    fc.assert(
      fc.property(cuts, (ends) => {
        expect(run(ends).lanes['a']?.loss).toEqual(run([0, 60]).lanes['a']?.loss);
      }),
    );
  });
});

describe('stepping back', () => {
  it('shows what the result was then', () => {
    expect(upToStep(run([0, 3, 5]), 3)).toEqual(run([0, 3]));
    expect(frameSteps(run([0, 3, 5]))).toEqual([0, 3, 5]);
  });

  it('hides how the run ended', () => {
    const nonFinite = {
      step: 4,
      phase: 'loss',
      tensor: 'loss',
      layer: null,
      value: 'NaN',
    } as const;
    const broken = accumulate(
      run([0, 3]),
      frame(laneFrame(4, [NaN], { firstNonFinite: nonFinite, done: true })),
    );
    expect(upToStep(broken, 3).lanes['a']?.firstNonFinite).toBeNull();
    expect(upToStep(broken, 4)).toEqual(broken);
  });
});

describe('decimate', () => {
  it('keeps both ends and the number of points that was asked for', () => {
    const small = decimate(run([0, 7, 100, 300]), { points: 150, frames: 3 }).lanes['a'];
    expect(small?.steps).toHaveLength(150);
    expect(small?.steps.at(0)).toBe(0);
    expect(small?.steps.at(-1)).toBe(300);
    expect(small?.frameSteps).toEqual([0, 100, 300]);
    expect(small?.weightGradientNorm).toHaveLength(3);
  });

  it('keeps four significant digits and every non-finite number', () => {
    const odd = accumulate(emptyResult(['a']), frame(laneFrame(2, [1.23456, NaN, Infinity])));
    expect(decimate(odd).lanes['a']?.loss).toEqual([1.235, NaN, Infinity]);
  });
});
