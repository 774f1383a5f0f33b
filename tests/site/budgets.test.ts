import type { Page, Response } from '@playwright/test';
import { expect, open, pages, scrollThrough, site, test } from '../support/site.ts';
import { bytesAfterRun, slowConnection } from '../support/transfers.ts';

const kilobyte = 1000;

interface Transfer {
  url: string;
  type: string;
  /** Bytes of the body as they crossed the network, compressed with Brotli where that helps. */
  bytes: number;
  text: string;
}

/** Records what a page of the site at an address transfers from now on. */
function weigh(page: Page, url: string): { transfers(): Promise<Transfer[]> } {
  const seen: Response[] = [];
  page.context().on('response', (response) => seen.push(response));
  return {
    transfers: () =>
      Promise.all(
        seen
          .filter((response) => response.url().startsWith(url))
          .map(async (response) => ({
            url: response.url().slice(url.length),
            type: response.headers()['content-type'] ?? '',
            bytes: (await response.request().sizes()).responseBodySize,
            text: await response.text().catch(() => ''),
          })),
      ),
  };
}

const isScript = ({ type }: Transfer) => type.includes('javascript');
const isStyle = ({ type }: Transfer) => type.includes('css');
const isHtml = ({ type }: Transfer) => type.includes('html');
/** Pagefind's interface, which Starlight loads when the page has nothing else to do. */
const isSearch = ({ text }: Transfer) => text.includes('pagefind-ui');
const sum = (transfers: Transfer[]) => transfers.reduce((total, { bytes }) => total + bytes, 0);
const listed = (transfers: Transfer[]) =>
  transfers.map(({ url, bytes }) => `${bytes} ${url}`).join('\n');

/** Declares the test that a page of a site served with Brotli keeps the budgets. */
const keepsBudgets = (name: string, path: string, url: string) =>
  test(`${name} weighs no more than JS 30 KB, CSS 20 KB, HTML 60 KB`, async ({ page }) => {
    await page.addInitScript(slowConnection);
    const scale = weigh(page, url);
    await open(page, path, url);
    await scrollThrough(page);
    await page.waitForLoadState('networkidle');
    const transfers = await scale.transfers();
    const scripts = transfers.filter((transfer) => isScript(transfer) && !isSearch(transfer));
    expect(transfers.filter(isHtml).length).toBeGreaterThan(0);
    expect(sum(scripts), listed(scripts)).toBeLessThanOrEqual(30 * kilobyte);
    expect(sum(transfers.filter(isStyle)), listed(transfers.filter(isStyle))).toBeLessThanOrEqual(
      20 * kilobyte,
    );
    expect(sum(transfers.filter(isHtml))).toBeLessThanOrEqual(60 * kilobyte);
    expect(
      transfers.filter(({ type, url }) => type.includes('wasm') || /tfjs|worker/.test(url)),
      'parts of the engine',
    ).toEqual([]);
  });

test.describe('before the reader touches anything', () => {
  for (const path of pages) keepsBudgets(`/${path}`, path, site.brotliUrl);
});

if (site.added)
  test.describe(`with ${site.added.crowd.length} widgets more`, () => {
    // A page of each kind: styles.test.ts shows that the others carry what they carry without them.
    const { chapter, crowd } = site.added!;
    const kinds = ['', '404.html', `${chapter}/`, 'widgets/', `widgets/${crowd.at(-1)}/`, 'embed/'];
    for (const path of kinds) keepsBudgets(`/${path}`, path, site.subBrotliUrl);
  });

test('a first Run loads no more than replay 40 KB, capture 90 KB, digits 40 KB, WebGL 100 KB', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const bytes = await bytesAfterRun(browser, site.brotliUrl, 'vanishing-gradients/');
  const budgets = { replay: 40, capture: 90, digits: 40, webgl: 100, embed: 3 };
  for (const [part, budget] of Object.entries(budgets)) {
    const size = bytes[part as keyof typeof bytes];
    // A part that weighs nothing has not been found among the files.
    expect(size, part).toBeGreaterThan(0);
    expect(size, part).toBeLessThanOrEqual(budget * kilobyte);
  }
});
