import { expect, test } from '@playwright/test';
import { engines } from '../support/engines.ts';
import { htmlOf, pages, site } from '../support/site.ts';
import { faultsOfPage } from '../support/visited.ts';

/** Questions that every engine is asked: Chromium, Firefox, and WebKit, the engine of Safari. */

/** A phone, a tablet, a desk. */
const WIDTHS = [390, 768, 1280];
/** The least size of letters that some readers ask their browser for. */
const LEAST = 24;

/** Chapters and the pages like them: what has a formula or a figure, but for the pages of single figures. */
const visited = pages.filter(
  (path) => !/^widgets\/./.test(path) && /class="(equation|katex)|data-widget=/.test(htmlOf(path)),
);

for (const engine of engines)
  test.describe(`in ${engine.name}`, () => {
    // eslint-disable-next-line no-restricted-properties -- no package brings it; the report says so
    test.skip(engine.missing !== null, engine.missing ?? '');

    test('no control leaves its cell, no equation scrolls by a sliver, no word sticks to a formula', async () => {
      const page = await engine.open();
      try {
        // Any page of the site, so that frames of it may be measured.
        await page.goto(`${site.url}robots.txt`);
        for (const path of visited)
          expect(await page.evaluate(faultsOfPage, `/${path}`, WIDTHS, LEAST), path).toEqual([]);
      } finally {
        await page.close();
      }
    });
  });
