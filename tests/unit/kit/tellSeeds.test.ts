import { expect, test } from 'vitest';
import { defaults, type AnySettings } from '../../../src/kit/codec';
import { emptyResult } from '../../../src/kit/result';
import { tellSeeds } from '../../../src/kit/tellSeeds';
import type { SeedResult } from '../../../src/kit/trainSeeds';
import type { AnyTrainingWidget } from '../../../src/kit/widget';
import { sayFor } from '../../../src/kit/say';
import { getWidget } from '../../../src/registry/server';

const widget = getWidget('vanishing-depth') as AnyTrainingWidget;
const values = defaults(widget.params) as AnySettings;

/** A run that ended with a loss, or broke at step 3. */
function run(seed: number, trainLoss: number | null): SeedResult {
  const { lanes } = emptyResult(['problem']);
  const final = { trainLoss, trainAccuracy: 0.5, testAccuracy: 0.5 };
  const broken = { step: 3, value: 'NaN', phase: 'loss', tensor: 'the loss', layer: null };
  const lane = {
    ...lanes['problem']!,
    ...(trainLoss === null ? { firstNonFinite: broken } : { final }),
  };
  return { seed, result: { lanes: { problem: lane } }, info: {} } as unknown as SeedResult;
}

test('where some seeds diverge the medians are of the others, and say so', () => {
  const runs = [run(1, 0.1), run(2, null), run(3, 0.3), run(4, null), run(5, null)];
  expect(tellSeeds(runs, widget, values, sayFor())).toMatch(
    /: \d of 5 learned, 3 of 5 diverged\. Of the other 2: median training loss 0\.2, median test accuracy 50%\.$/,
  );
});

test('where none does they are of all', () => {
  expect(tellSeeds([run(1, 0.1), run(2, 0.3)], widget, values, sayFor())).toMatch(
    / 0 of 2 diverged\. Median training loss 0\.2, median test accuracy 50%\.$/,
  );
});
