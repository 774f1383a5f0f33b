import { describe, expect, test } from 'vitest';
import { sayFor } from '../../../src/kit/say';
import { presetSettings } from '../../../src/kit/codec';
import { createLocalEngineService } from '../../../src/engine/node';
import experiment from '../../../src/widgets/norm-rates/experiment';
import { NORMS, RATES, specOf } from '../../../src/widgets/norm-rates/plan';
import {
  finished,
  nothing,
  ratesResult,
  workingRates,
} from '../../../src/widgets/norm-rates/result';
import widget from '../../../src/widgets/norm-rates/widget';

const settings = presetSettings(widget, 'problem');

describe('the networks', () => {
  test('differ in norm and learning rate alone', () => {
    expect(specOf(settings, 0, 3, 1)).toMatchObject({
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      seed: 1,
    });
    expect(specOf(settings, 0, 3, 1).network).not.toHaveProperty('batchNorm');
    expect(specOf(settings, 1, 3, 1).network).toMatchObject({ batchNorm: true, depth: 10 });
    expect(specOf(settings, 3, 3, 1).network).toMatchObject({ rmsNorm: true });
  });
});

describe('the window', () => {
  const found = (accuracies: number[]) =>
    ratesResult(NORMS.map(() => accuracies.map((accuracy) => [accuracy])));
  const values = (accuracies: number[]) => widget.values(settings, found(accuracies));

  test('is the rates that lead to four fifths', () => {
    const result = found([0.1, 0.5, 0.8, 0.9, 0.79, 0.1, 0.1, 0.1]);
    expect(workingRates(result, 0)).toEqual([0.03, 0.1]);
    expect(widget.values(settings, result)).toMatchObject({
      'batch.workingRates': 2,
      'batch.largestWorkingRate': 0.1,
      'batch.window': 0.1 / 0.03,
    });
  });

  test('is nothing where no rate works', () => {
    expect(values(RATES.map(() => 0.1))).toMatchObject({
      'none.workingRates': 0,
      'none.largestWorkingRate': 0,
      'none.window': 0,
    });
  });

  test('is told of what has been trained so far', () => {
    expect(widget.describe(settings, nothing(), sayFor())).toBe('No network has been trained yet.');
    const half = ratesResult(NORMS.map(() => RATES.map((_, i) => (i < 4 ? [0.9] : []))));
    expect(widget.describe(settings, half, sayFor())).toContain('So far 16 of 32 networks.');
  });
});

test('fills cell by cell, the smallest rates first, and ends whole', async () => {
  const service = createLocalEngineService('captured');
  try {
    const counts: number[] = [];
    const small = { ...settings, depth: 1, width: 4, steps: 10 };
    for await (const result of experiment(small, service, {})) {
      counts.push(finished(result));
      if (finished(result) === NORMS.length)
        expect(result.accuracy.map((rates) => rates[0]!.length)).toEqual([1, 1, 1, 1]);
    }
    expect(counts).toEqual(Array.from({ length: 33 }, (_, i) => i));
  } finally {
    service.close();
  }
});
