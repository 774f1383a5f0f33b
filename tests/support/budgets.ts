import { brotliCompressSync, constants } from 'node:zlib';
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
  /** The body of a script, a style sheet or a page; of other files nothing, since no budget asks for them. */
  text: string;
}

/** The texts of files by address, whose name holds a hash of what they say: most pages load the same ones. */
const texts = new Map<string, Promise<string>>();
function textOf(response: Response): Promise<string> {
  const url = response.url();
  if (!url.includes('/_astro/')) return response.text();
  let text = texts.get(url);
  if (text === undefined) texts.set(url, (text = response.text()));
  return text;
}

/** Records what a page of the site at an address transfers from now on; resolves with what it was so far. */
export function weigh(page: Page, url: string): () => Promise<Weighed[]> {
  const seen: Response[] = [];
  page.context().on('response', (response) => seen.push(response));
  return () =>
    Promise.all(
      seen
        .filter((response) => response.url().startsWith(url) && response.status() === 200)
        .map(async (response) => {
          const type = response.headers()['content-type'] ?? '';
          const text = /javascript|css|html/.test(type) ? await textOf(response) : '';
          return { url: response.url().slice(url.length), type, text };
        }),
    );
}

const isScript = ({ type }: Weighed) => type.includes('javascript');
const isStyle = ({ type }: Weighed) => type.includes('css');
const isHtml = ({ type }: Weighed) => type.includes('html');
/** Pagefind's interface, which Starlight loads when the page has nothing else to do. */
const isSearch = ({ text }: Weighed) => text.includes('pagefind-ui');

/**
 * Qualities of Brotli, each of which takes ten times as long as the one before. The last is what a host with a
 * cache sends.
 */
const QUALITIES = [5, 9, constants.BROTLI_MAX_QUALITY];
const BEST = QUALITIES.at(-1)!;

/** The bytes of texts, by quality: most scripts and styles are those of many pages. */
const known = new Map(QUALITIES.map((quality) => [quality, new Map<string, number>()]));
function bytesOf({ text }: Weighed, quality: number): number {
  const those = known.get(quality)!;
  let bytes = those.get(text);
  if (bytes === undefined) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
    bytes = brotliCompressSync(text, { params }).length;
    those.set(text, bytes);
  }
  return bytes;
}

const sum = (transfers: Weighed[], quality: number) =>
  transfers.reduce((total, one) => total + bytesOf(one, quality), 0);
const listed = (transfers: Weighed[]) =>
  transfers.map((one) => `${bytesOf(one, BEST)} ${one.url}`).join('\n');

/** Fails where files at Brotli's best are beyond a budget. What is within it by a quicker one is so by the best. */
function expectWithin(transfers: Weighed[], kilobytes: number): void {
  const budget = kilobytes * kilobyte;
  if (QUALITIES.some((quality) => sum(transfers, quality) <= budget)) return;
  expect(sum(transfers, BEST), listed(transfers)).toBeLessThanOrEqual(budget);
}

/** Fails where what a page has loaded before a reader touches it is beyond a budget, or of the engine. */
export function expectWithinBudgets(transfers: Weighed[]): void {
  const scripts = transfers.filter((transfer) => isScript(transfer) && !isSearch(transfer));
  const html = transfers.filter(isHtml);
  expect(html.length).toBeGreaterThan(0);
  expectWithin(scripts, 30);
  expectWithin(transfers.filter(isStyle), 20);
  expectWithin(html, 60);
  expect(
    transfers.filter(({ type, url }) => type.includes('wasm') || /tfjs|worker/.test(url)),
    'parts of the engine',
  ).toEqual([]);
}
