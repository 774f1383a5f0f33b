import { expect, test } from '../support/site.ts';
import { surveyEnds, surveys, trainingSurveys } from '../support/surveys.ts';

test('there are surveys, and some of them train', () => {
  expect(trainingSurveys.length).toBeGreaterThan(0);
});

for (const target of surveys) {
  // Those that train call on WebGL what training widgets call there: they are in `npm run bench:webgl`.
  const backends = trainingSurveys.includes(target) ? ['wasm'] : ['wasm', 'webgl'];
  for (const backend of backends)
    test(`${target.id} runs to its end on ${backend}, and shows what it found in its tables`, async ({
      page,
    }) => {
      await surveyEnds(page, target, backend);
    });
}
