import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { emptyResult } from '../../../src/kit/result';
import { tellSeeds } from '../../../src/kit/tellSeeds';
import type { SeedResult } from '../../../src/kit/trainSeeds';
import type { LaneResult } from '../../../src/kit/widget';
import { meanLoss } from '../../../src/kit/training/solving';
import { isUnlearned, SOLVED, solvedStep } from '../../../src/widgets/memory-race/solved';
import widget from '../../../src/widgets/memory-race/widget';
import { train } from './training';

/** A run whose loss is 2 but for some steps. */
const run = (low: [from: number, to: number], length = 100) => {
  const steps = Array.from({ length }, (_, step) => step);
  return { steps, loss: steps.map((step) => (step >= low[0] && step < low[1] ? 0 : 2)) };
};

describe('solved', () => {
  test('is at the first step at which the mean of twenty losses is below half of chance', () => {
    expect(SOLVED).toBeCloseTo(Math.log(4) / 2, 12);
    // 14 zeros among 20 leave a mean of 0.6, 13 one of 0.7.
    expect(solvedStep(run([30, 90]))).toBe(43);
    expect(solvedStep(run([200, 300]))).toBe(Infinity);
    expect(meanLoss(run([30, 90])).steps[0]).toBe(19);
    expect(meanLoss(run([0, 0], 10))).toEqual({ steps: [], loss: [] });
    expect(meanLoss(run([0, 0], 10), 0).loss).toEqual(new Array(10).fill(2));
  });

  test('is un-learned where the mean ends above that level again', () => {
    expect(isUnlearned(run([30, 60]))).toBe(true);
    expect(isUnlearned(run([30, 100]))).toBe(false);
    expect(isUnlearned(run([200, 300]))).toBe(false);
  });
});

test('a cell that is chosen twice runs once, and none runs not at all', () => {
  const settings = { ...presetSettings(widget, 'problem'), second: 'rnnUniform', fourth: 'none' };
  const lanes = widget.lanes(settings as never, sayFor());
  expect(lanes.map(({ name }) => name)).toEqual(['rnnUniform', 'rnnOrthogonal']);
});

test('starts are those of the measured setting: Glorot’s rule but for the uniform start', () => {
  const settings = { ...presetSettings(widget, 'plain') };
  const networks = widget.lanes(settings, sayFor()).map(({ spec }) => spec.network);
  expect(networks).toMatchObject([
    {
      initializer: { kind: 'uniform', limit: 0.25 },
      recurrentInitializer: { kind: 'uniform', limit: 0.25 },
      outputInitializer: { kind: 'glorotUniform' },
    },
    { initializer: { kind: 'glorotUniform' }, recurrentInitializer: { kind: 'leCunNormal' } },
    { activation: 'relu', recurrentInitializer: { kind: 'identity' } },
    { recurrentInitializer: { kind: 'orthogonal' }, outputInitializer: { kind: 'glorotUniform' } },
  ]);
});

test('says over many seeds at which step it was solved, and what was lost again', () => {
  const settings = { ...presetSettings(widget, 'problem') };
  const one = (seed: number, low: [number, number]): SeedResult => {
    const { lanes } = emptyResult(['lstm3']);
    const lane: LaneResult = { ...lanes['lstm3']!, ...run(low) };
    return {
      seed,
      settings,
      result: { lanes: { lstm3: lane } },
      info: {},
    } as unknown as SeedResult;
  };
  const told = (...runs: SeedResult[]) => tellSeeds(runs, widget, settings, sayFor());
  expect(told(one(1, [30, 100]), one(2, [50, 70]), one(3, [200, 300]))).toBe(
    'LSTM, forget bias 3: 2 of 3 learned, 0 of 3 diverged. Solved at step 53 in the median of these, and un-learned by the end in 1.',
  );
  expect(told(one(1, [200, 300]))).toBe('LSTM, forget bias 3: 0 of 1 learned, 0 of 1 diverged.');
});

test('an LSTM whose gate starts open solves ten time steps in sixty, and one half closed does not', async () => {
  const { named } = await train(widget, {
    ...presetSettings(widget, 't10'),
    ...{ first: 'lstm0', second: 'lstm3', third: 'none', fourth: 'none' },
    ...{ length: 20, steps: 60 },
  });
  expect(named['lstm3.solvedStep']).toBeLessThan(60);
  expect(named['lstm0.solvedStep']).toBe(Infinity);
});
