/**
 * Measures the built site in Chromium and prints medians: Lighthouse's four scores of a chapter and of the
 * home page; the frames a second of its living picture; the milliseconds from Run to the first drawn frame;
 * long tasks and dropped frames of the page in five seconds of training; the pass through six wide layers, by
 * law and with real weights; and the bytes that a Run loads.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium, type Browser, type Page } from 'playwright';
import type { ColdAndWarm, PagesRecord } from '../../src/site/bench/pages.ts';
import { browserFlags, findBrowser } from '../support/browser.ts';
import { build } from '../support/build.ts';
import { serveFolder } from '../support/server.ts';
import { bytesAfterRun } from '../support/transfers.ts';
import { unveil } from '../support/unveiled.ts';
import { measureDrags } from './drag.ts';
import { median } from './median.ts';
import { measurePicture } from './picture.ts';

const CHAPTER = 'vanishing-gradients/';
const WIDGET = 'widgets/vanishing-depth/';
const SIGNAL = 'widgets/init-signal/';
/** Milliseconds of training that are watched for long tasks and dropped frames. */
const WATCHED = 5000;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** The four scores of a page, 0 to 100, on a throttled phone, as Lighthouse simulates it. */
async function scores(url: string): Promise<number[]> {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserFlags, `--remote-debugging-port=${port}`],
  });
  try {
    const run = await lighthouse(url, {
      port,
      logLevel: 'error',
      output: 'json',
      onlyCategories: [...categories],
    });
    return categories.map((name) => Math.round(100 * (run?.lhr.categories[name]?.score ?? NaN)));
  } finally {
    await browser.close();
  }
}

/** Opens the widget's page and turns to the widget as a reader does. */
async function openWidget(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const host = page.locator('widget-host').first();
  await host.scrollIntoViewIfNeeded();
  await host.dispatchEvent('pointerover');
  await page.locator('widget-host[data-live]').first().waitFor();
}

/** Milliseconds from a press on Run to the frame that first shows a line of the run. */
const firstFrame = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const widget = document.querySelector('[data-widget]')!;
    const run = [...widget.querySelectorAll('button')].find(
      (button) => button.textContent?.trim() === 'Run',
    )!;
    const place = widget.querySelector<HTMLInputElement>('.progress input')!;
    const isDrawn = (): boolean =>
      ['running', 'done'].includes(widget.getAttribute('data-state') ?? '') &&
      place.valueAsNumber > 0;
    const pressed = performance.now();
    run.click();
    await new Promise<void>((resolve) => {
      const frame = (): void => {
        if (isDrawn()) setTimeout(resolve, 0);
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    return performance.now() - pressed;
  });

/** Trains again and again for a while; counts long tasks and the frames that did not come in time. */
const watch = (page: Page, milliseconds: number): Promise<{ longTasks: number; dropped: number }> =>
  page.evaluate(async (milliseconds) => {
    const widget = document.querySelector('[data-widget]')!;
    const press = (): void =>
      [...widget.querySelectorAll('button')]
        .find((button) => button.textContent?.trim() === 'Run')
        ?.click();
    let longTasks = 0;
    const observer = new PerformanceObserver((list) => {
      longTasks += list.getEntries().length;
    });
    observer.observe({ type: 'longtask' });
    const frames: number[] = [];
    press();
    const start = performance.now();
    await new Promise<void>((resolve) => {
      const frame = (now: number): void => {
        frames.push(now);
        if (now - start > milliseconds) return resolve();
        if (widget.getAttribute('data-state') === 'done') press();
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    observer.disconnect();
    const rate = 1000 / 60;
    const dropped = frames
      .slice(1)
      .map((now, i) => Math.max(0, Math.round((now - frames[i]!) / rate) - 1))
      .reduce((a, b) => a + b, 0);
    return { longTasks, dropped };
  }, milliseconds);

/** Milliseconds from a press on Run to the frame after the last result. */
const wholeRun = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const widget = document.querySelector('[data-widget]')!;
    const pressed = performance.now();
    [...widget.querySelectorAll('button')]
      .find((button) => button.textContent?.trim() === 'Run')!
      .click();
    await new Promise<void>((resolve) => {
      let ran = false;
      const frame = (): void => {
        const state = widget.getAttribute('data-state');
        ran ||= state !== 'done' || performance.now() - pressed > 50;
        if (ran && state === 'done') setTimeout(resolve, 0);
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    return performance.now() - pressed;
  });

/** Measures a first and a second press on Run, each time in a browser that has seen nothing yet. */
async function coldAndWarm(browser: Browser, url: string, times: number): Promise<ColdAndWarm> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let k = 0; k < times; k++) {
    const context = await browser.newContext();
    await unveil(context);
    const page = await context.newPage();
    await openWidget(page, url);
    await page.waitForTimeout(1000);
    cold.push(await wholeRun(page));
    warm.push(await wholeRun(page));
    await context.close();
  }
  return { cold: Math.round(median(cold)), warm: Math.round(median(warm)) };
}

/** Lighthouse's scores by category, medians. */
async function measureScores(
  site: string,
  path: string,
  times: number,
): Promise<Record<string, number>> {
  const found: number[][] = [];
  for (let k = 0; k < times; k++) found.push(await scores(site + path));
  console.log(`\nLighthouse, /${path}`);
  return Object.fromEntries(
    categories.map((name, i) => {
      const all = found.map((one) => one[i]!);
      const middle = median(all);
      console.log(`  ${name.padEnd(16)} ${middle} (${Math.min(...all)} to ${Math.max(...all)})`);
      return [name, middle];
    }),
  );
}

const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(0)} (${values.map((value) => value.toFixed(0)).join(', ')})`;

/** First frame, long tasks and dropped frames, medians. */
async function measureFrames(
  browser: Browser,
  url: string,
  times: number,
): Promise<Pick<PagesRecord, 'firstFrame' | 'longTasks' | 'droppedFrames'>> {
  const context = await browser.newContext();
  await unveil(context);
  const page = await context.newPage();
  await openWidget(page, url);
  await firstFrame(page);
  const first: number[] = [];
  const longTasks: number[] = [];
  const dropped: number[] = [];
  for (let k = 0; k < times; k++) {
    await openWidget(page, url);
    await page.waitForTimeout(1000);
    first.push(await firstFrame(page));
    await openWidget(page, `${url}?steps=2000`);
    await page.waitForTimeout(1000);
    const seen = await watch(page, WATCHED);
    longTasks.push(seen.longTasks);
    dropped.push(seen.dropped);
  }
  await context.close();
  console.log(`\nChromium ${browser.version()}, /${WIDGET}`);
  console.log(`  first frame after Run   ${spread(first)} ms`);
  console.log(`  long tasks in 5 s       ${spread(longTasks)}`);
  console.log(`  dropped frames in 5 s   ${spread(dropped)}`);
  return {
    firstFrame: Math.round(median(first)),
    longTasks: median(longTasks),
    droppedFrames: median(dropped),
  };
}

export interface PagesOptions {
  /** A build to use instead of a new one. */
  site: string | undefined;
  /** How often each figure is measured. */
  times: number;
}

/** Measures the built site, printing what it finds. */
export async function measurePages({ site, times }: PagesOptions): Promise<PagesRecord> {
  const scratch = await mkdtemp(join(tmpdir(), 'gradient-lab-pages-'));
  try {
    const dir = site ?? (await build(join(scratch, 'site'), '/'));
    const server = await serveFolder(dir, { brotli: true });
    try {
      return await measureServed(server.url, times);
    } finally {
      await server.close();
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function measureServed(url: string, times: number): Promise<PagesRecord> {
  const lighthouseScores = await measureScores(url, CHAPTER, times);
  const home = await measureScores(url, '', times);
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: browserFlags,
  });
  try {
    const picture = await measurePicture(browser, url, times, openWidget);
    const frames = await measureFrames(browser, `${url}${WIDGET}`, times);
    const signal = {
      law: await coldAndWarm(browser, `${url}${SIGNAL}?mode=law`, times),
      real: await coldAndWarm(browser, `${url}${SIGNAL}`, times),
    };
    console.log(`\n/${SIGNAL}, ms from Run to the last layer, first and second run of a page`);
    for (const [mode, { cold, warm }] of Object.entries(signal))
      console.log(`  ${mode.padEnd(22)}  ${cold}, ${warm}`);
    const drags = await measureDrags(browser, url, openWidget);
    const bytes = await bytesAfterRun(browser, url, CHAPTER);
    console.log(
      `\nBytes (Brotli) that the first Run of /${CHAPTER} loads, and what else a page may load`,
    );
    for (const [part, size] of Object.entries(bytes)) console.log(`  ${part.padEnd(22)}  ${size}`);
    return {
      date: new Date().toISOString().slice(0, 10),
      machine: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      browser: `Chromium ${browser.version()}`,
      times,
      lighthouse: lighthouseScores,
      home,
      picture,
      ...frames,
      signal,
      drags,
      bytes,
    };
  } finally {
    await browser.close();
  }
}
