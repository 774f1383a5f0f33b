/**
 * Every widget that trains, on WebGL to its end, in its page and in a sandbox of another site; surveys as
 * well. `npm test` asks the same of one widget for each set of kernels, and of one survey.
 */
import { test as foreign, trainsInSandbox } from '../support/foreign.ts';
import { training } from '../support/placed.ts';
import { test } from '../support/site.ts';
import { surveyEnds, surveys } from '../support/surveys.ts';
import { trainsToTheEnd } from '../support/training.ts';

for (const target of training) {
  test(`${target.id} trains to the end on webgl, and shows the run in its tables`, async ({
    page,
  }) => {
    await trainsToTheEnd(page, target, 'webgl');
  });

  foreign(
    `${target.id} trains to the end on webgl in a sandbox of another site`,
    async ({ page, host }) => {
      await trainsInSandbox(page, host, target.widget, 'webgl');
    },
  );
}

for (const target of surveys)
  test(`${target.id} runs to its end on webgl, and shows what it found in its tables`, async ({
    page,
  }) => {
    await surveyEnds(page, target, 'webgl');
  });
