import type { Browser, BrowserContext, Page, Response } from '@playwright/test';
import { unveil } from './unveiled.ts';

/** One file that crossed the network. */
export interface Transfer {
  /** Relative to the address of the site. */
  path: string;
  /** Of the body as sent, compressed with Brotli where that helps. */
  bytes: number;
}

/** Bytes of what the first Run of a page loads, by what DESIGN's budgets name. */
export interface BytesAfterRun {
  /** The executor and the lowering of captured steps. */
  replay: number;
  /** The rest of the engine: the parts of tfjs that a step is captured with, networks, tasks. */
  capture: number;
  digits: number;
  /** What a Run on WebGL loads besides. */
  webgl: number;
  /** The script that a page elsewhere loads to show a figure. */
  embed: number;
}

/** The chunks that make the path of a replayed step; Vite names them after modules of src/engine. */
const REPLAY = /^(replay|executor|captured)[-.]/;
const DIGITS = /^digits[-.]/;

/** A slow connection: nothing is fetched ahead of need. */
export const slowConnection = () =>
  Object.defineProperty(Navigator.prototype, 'connection', {
    get: () => ({ saveData: true, effectiveType: '3g', addEventListener() {} }),
  });

/** Records the scripts and data that pages of a context load from now on, each file once. */
function record(context: BrowserContext, url: string): () => Promise<Transfer[]> {
  const seen = new Map<string, Response>();
  context.on('response', (response) => {
    if (response.url().startsWith(url) && response.status() === 200)
      seen.set(response.url(), response);
  });
  return () =>
    Promise.all(
      [...seen].map(async ([address, response]) => ({
        path: address.slice(url.length),
        // Playwright has no sizes of what a worker loads; our server always tells the length.
        bytes: Number(await response.headerValue('content-length')),
      })),
    );
}

/** Turns to the first widget as a reader does, so that its view is there. */
async function approach(page: Page): Promise<void> {
  const host = page.locator('widget-host').first();
  await host.scrollIntoViewIfNeeded();
  await host.dispatchEvent('pointerover');
  await page.locator('widget-host[data-live]').first().waitFor();
  await page.waitForLoadState('networkidle');
}

/** The scripts and data that a press on Run loads, until a step has been shown. */
async function loadedByRun(browser: Browser, url: string, path: string): Promise<Transfer[]> {
  const context = await browser.newContext();
  try {
    await unveil(context);
    const page = await context.newPage();
    await page.addInitScript(slowConnection);
    await page.goto(url + path);
    await approach(page);
    const before = record(context, url);
    const widget = page.locator('[data-widget]').first();
    await widget.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForFunction(
      () => {
        const shown = document.querySelector('[data-widget]')!;
        const step = shown.querySelector<HTMLInputElement>('.progress input')!.valueAsNumber;
        return /running|done/.test(shown.getAttribute('data-state')!) && step > 0;
      },
      undefined,
      { timeout: 120_000 },
    );
    return await before();
  } finally {
    await context.close();
  }
}

const nameOf = ({ path }: Transfer): string => path.split('/').at(-1)!.replace(/\?.*$/, '');
const sum = (transfers: readonly Transfer[]): number =>
  transfers.reduce((total, { bytes }) => total + bytes, 0);

/**
 * Presses Run on the first widget of a page, on captured steps and on WebGL, each in a browser that has
 * nothing cached and fetches nothing ahead. `url` is the address of a site served with Brotli, `path` a
 * page of a training widget on the digits.
 */
export async function bytesAfterRun(
  browser: Browser,
  url: string,
  path: string,
): Promise<BytesAfterRun> {
  const loaded = await loadedByRun(browser, url, path);
  const onWebgl = await loadedByRun(browser, url, `${path}?backend=webgl`);
  const known = new Set(loaded.map((transfer) => transfer.path));
  const isReplay = (one: Transfer): boolean => REPLAY.test(nameOf(one));
  const isDigits = (one: Transfer): boolean => DIGITS.test(nameOf(one));
  const response = await fetch(`${url}embed/v1.js`, { headers: { 'Accept-Encoding': 'br' } });
  await response.arrayBuffer();
  return {
    replay: sum(loaded.filter(isReplay)),
    capture: sum(loaded.filter((one) => !isReplay(one) && !isDigits(one))),
    digits: sum(loaded.filter(isDigits)),
    webgl: sum(onWebgl.filter((one) => !known.has(one.path))),
    embed: Number(response.headers.get('content-length')),
  };
}
