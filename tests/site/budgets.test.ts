import { BUDGETS, expectWithinBudgets, weigh } from '../support/budgets.ts';
import { serveFolder } from '../support/server.ts';
import { expect, open, scrollThrough, site, test } from '../support/site.ts';
import { bytesAfterRun, slowConnection } from '../support/transfers.ts';

const kilobyte = 1000;

if (site.added)
  test.describe(`before the reader touches anything, with ${site.added.crowd.length} widgets more`, () => {
    // A page of each kind: styles.test.ts shows that the others carry what they carry without them, and
    // pages.test.ts weighs each page without them.
    const { chapter, crowd } = site.added!;
    const kinds = ['', '404.html', `${chapter}/`, 'widgets/', `widgets/${crowd.at(-1)}/`, 'embed/'];
    for (const path of kinds)
      test(`/${path} weighs no more than ${BUDGETS}`, async ({ page }) => {
        await page.addInitScript(slowConnection);
        const loaded = weigh(page, site.subUrl);
        await open(page, path, site.subUrl);
        await scrollThrough(page);
        await page.waitForLoadState('networkidle');
        expectWithinBudgets(await loaded());
      });
  });

test('a first Run loads no more than replay 40 KB, capture 90 KB, digits 40 KB, WebGL 100 KB', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const server = await serveFolder(site.dir, { brotli: true });
  const bytes = await bytesAfterRun(browser, server.url, 'vanishing-gradients/');
  await server.close();
  const budgets = { replay: 40, capture: 90, digits: 40, webgl: 100, embed: 3 };
  for (const [part, budget] of Object.entries(budgets)) {
    const size = bytes[part as keyof typeof bytes];
    // A part that weighs nothing has not been found among the files.
    expect(size, part).toBeGreaterThan(0);
    expect(size, part).toBeLessThanOrEqual(budget * kilobyte);
  }
});
