import { describe, expect, test } from 'vitest';
import { presetSettings } from '../../../src/kit/codec';
import { sayFor } from '../../../src/kit/say';
import { createLocalEngineService } from '../../../src/engine/node';
import experiment from '../../../src/widgets/batch-depth-grid/experiment';
import { BATCHES, cellOf, DEPTHS, RATES, specOf } from '../../../src/widgets/batch-depth-grid/plan';
import {
  columnShare,
  finished,
  gridResult,
  nothing,
  rowShare,
  type Outcome,
} from '../../../src/widgets/batch-depth-grid/result';
import { initialError } from '../../../src/widgets/batch-depth-grid/theory';
import widget from '../../../src/widgets/batch-depth-grid/widget';

const settings = presetSettings(widget, 'problem');

describe('a cell', () => {
  test('has its batch size and the one rate, unless the rate is scaled', () => {
    const last = BATCHES.length - 1;
    expect(cellOf(settings, last)).toEqual({ batchSize: 243, learningRate: settings.learningRate });
    const scaled = (scaling: 'root' | 'linear') => cellOf({ ...settings, scaling }, last);
    expect(scaled('linear').learningRate).toBeCloseTo(9 * settings.learningRate, 12);
    expect(scaled('root').learningRate).toBeCloseTo(3 * settings.learningRate, 12);
  });

  test('has its rate and the one batch size where rates lie from left to right', () => {
    expect(cellOf(presetSettings(widget, 'rates'), 2)).toEqual({
      batchSize: 27,
      learningRate: RATES[2],
    });
  });

  test('is a network of the row’s depth', () => {
    expect(specOf(settings, 4, 0, 7)).toMatchObject({
      network: { depth: DEPTHS[4], activation: 'relu' },
      loss: { kind: 'meanSquaredError', reduction: 'sum' },
      seed: 7,
    });
  });
});

describe('the shares', () => {
  const cell = (...steps: (number | null)[]): Outcome[] =>
    steps.map((divergedAt) => ({ divergedAt, initialLoss: 3 }));
  const outcomes = DEPTHS.map((_, row) =>
    BATCHES.map((_, column) => (column === 0 ? cell(5, row > 2 ? 2 : null) : [])),
  );
  const found = gridResult(settings, outcomes);

  test('are those that diverged, of those that have finished', () => {
    expect(found.share.map(([first]) => first)).toEqual([0.5, 0.5, 0.5, 1, 1, 1]);
    expect(columnShare(found, 0)).toBe(0.75);
    expect(rowShare(found, 5)).toBe(1);
    expect(columnShare(found, 1)).toBeNaN();
  });

  test('are told with how far it is', () => {
    const said = widget.describe({ ...settings, repeats: 2 }, found, sayFor());
    expect(said).toContain('So far 12 of 72 networks.');
    expect(said).toContain('batches of 1: 75');
    expect(widget.describe(settings, nothing(settings), sayFor())).toBe(
      'No network has been trained yet.',
    );
  });
});

test('the squared error at the start grows with the square of the scale in each layer', () => {
  expect(initialError(2, 3) - 1).toBe(4 * (initialError(2, 2) - 1));
  expect(initialError(1, 10)).toBe(initialError(1, 1));
});

test('fills column by column and ends whole, and a network that diverges is stopped', async () => {
  const service = createLocalEngineService('captured');
  try {
    const small = {
      ...settings,
      ...{ width: 4, steps: 10, repeats: 1, weightScale: 2, learningRate: 1 },
    };
    let result = nothing(small);
    const counts: number[] = [];
    for await (result of experiment(small, service, {})) counts.push(finished(result));
    expect(counts).toEqual(Array.from({ length: 37 }, (_, i) => i));
    const steps = result.outcomes.flat(2).flatMap(({ divergedAt }) => divergedAt ?? []);
    expect(steps.length).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeLessThanOrEqual(10);
  } finally {
    service.close();
  }
});
