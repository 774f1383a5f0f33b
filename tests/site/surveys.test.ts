import { expect, test } from '../support/site.ts';
import { surveyEnds, surveys } from '../support/surveys.ts';

/**
 * The survey that is run on WebGL here: it asks a backend for what training does not. Others call there what
 * training widgets call, or what golden.browser.test.ts checks case by case; all are in `npm run bench:webgl`.
 */
const ON_WEBGL = 'init-signal';

test('there are surveys, and one is run on WebGL as well', () => {
  expect(surveys.map(({ id }) => id)).toContain(ON_WEBGL);
});

for (const target of surveys)
  for (const backend of target.id === ON_WEBGL ? ['wasm', 'webgl'] : ['wasm'])
    test(`${target.id} runs to its end on ${backend}, and shows what it found in its tables`, async ({
      page,
    }) => {
      await surveyEnds(page, target, backend);
    });
