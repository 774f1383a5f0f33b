import { expect, test } from '@playwright/test';
import { engines } from '../support/engines.ts';
import { site } from '../support/site.ts';
import { faultsOfFrame, openFrame } from '../support/visited.ts';
import { SIZES, withFigures } from '../support/visits.ts';

/** Questions that Firefox is asked, and WebKit, the engine of Safari; scrollers.test.ts asks them of Chromium. */

for (const engine of engines.filter(({ name }) => name !== 'Chromium'))
  test.describe(`in ${engine.name}`, () => {
    // eslint-disable-next-line no-restricted-properties -- no package brings it; the report says so
    test.skip(engine.missing !== null, engine.missing ?? '');

    test('no control leaves its cell, no equation scrolls by a sliver, no word sticks to a formula', async () => {
      const page = await engine.open();
      try {
        // Any page of the site, so that frames of it may be measured.
        await page.goto(`${site.url}robots.txt`);
        for (const path of withFigures) {
          await page.evaluate(openFrame, `/${path}`);
          expect(await page.evaluate(faultsOfFrame, SIZES), path).toEqual([]);
        }
      } finally {
        await page.close();
      }
    });
  });
