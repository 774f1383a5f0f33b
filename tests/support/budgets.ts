import type { Page, Response } from '@playwright/test';
import { expect } from './site.ts';

const kilobyte = 1000;

/** What a page may weigh before a reader touches it, as the names of tests say it. */
export const BUDGETS = 'JS 30 KB, CSS 20 KB, HTML 60 KB';

/** One file that a page has loaded. */
export interface Weighed {
  /** Relative to the site's address. */
  url: string;
  type: string;
  /** Bytes of the body as they crossed the network, compressed with Brotli where that helps. */
  bytes: number;
  text: string;
}

/** Records what a page of the site at an address transfers from now on; resolves with what it was so far. */
export function weigh(page: Page, url: string): () => Promise<Weighed[]> {
  const seen: Response[] = [];
  page.context().on('response', (response) => seen.push(response));
  return () =>
    Promise.all(
      seen
        .filter((response) => response.url().startsWith(url))
        .map(async (response) => ({
          url: response.url().slice(url.length),
          type: response.headers()['content-type'] ?? '',
          bytes: (await response.request().sizes()).responseBodySize,
          text: await response.text().catch(() => ''),
        })),
    );
}

const isScript = ({ type }: Weighed) => type.includes('javascript');
const isStyle = ({ type }: Weighed) => type.includes('css');
const isHtml = ({ type }: Weighed) => type.includes('html');
/** Pagefind's interface, which Starlight loads when the page has nothing else to do. */
const isSearch = ({ text }: Weighed) => text.includes('pagefind-ui');
const sum = (transfers: Weighed[]) => transfers.reduce((total, { bytes }) => total + bytes, 0);
const listed = (transfers: Weighed[]) =>
  transfers.map(({ url, bytes }) => `${bytes} ${url}`).join('\n');

/** Fails where what a page has loaded before a reader touches it is beyond a budget, or of the engine. */
export function expectWithinBudgets(transfers: Weighed[]): void {
  const scripts = transfers.filter((transfer) => isScript(transfer) && !isSearch(transfer));
  const styles = transfers.filter(isStyle);
  expect(transfers.filter(isHtml).length).toBeGreaterThan(0);
  expect(sum(scripts), listed(scripts)).toBeLessThanOrEqual(30 * kilobyte);
  expect(sum(styles), listed(styles)).toBeLessThanOrEqual(20 * kilobyte);
  expect(sum(transfers.filter(isHtml))).toBeLessThanOrEqual(60 * kilobyte);
  expect(
    transfers.filter(({ type, url }) => type.includes('wasm') || /tfjs|worker/.test(url)),
    'parts of the engine',
  ).toEqual([]);
}
