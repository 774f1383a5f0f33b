/**
 * Measures the built site in Chromium and prints medians of five:
 * `npm run bench:pages [-- --site DIR] [--times 5] [--write]`. Lighthouse's four scores of a chapter; the
 * milliseconds from Run to the first drawn frame; long tasks and dropped frames of the page in five seconds
 * of training. `site` is a build to use instead of a new one. With --write it writes pages.json.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import lighthouse from 'lighthouse';
import { chromium, type Page } from 'playwright';
import type { PagesRecord } from '../../src/site/bench/pages.ts';
import { browserFlags, findBrowser } from '../support/browser.ts';
import { build } from '../support/build.ts';
import { serveFolder } from '../support/server.ts';

const CHAPTER = 'vanishing-gradients/';
const WIDGET = 'widgets/vanishing-depth/';
/** Milliseconds of training that are watched for long tasks and dropped frames. */
const WATCHED = 5000;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

const { values: options } = parseArgs({
  options: {
    site: { type: 'string' },
    times: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const times = Number(options.times);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

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

const scratch = await mkdtemp(join(tmpdir(), 'gradient-lab-pages-'));
const dir = options.site ?? (await build(join(scratch, 'site'), '/'));
const server = await serveFolder(dir, { brotli: true });
try {
  const found: number[][] = [];
  for (let k = 0; k < times; k++) found.push(await scores(`${server.url}${CHAPTER}`));
  const medians = categories.map((_, i) => median(found.map((one) => one[i]!)));
  console.log(`Lighthouse, /${CHAPTER}`);
  categories.forEach((name, i) => {
    const all = found.map((one) => one[i]!);
    console.log(`  ${name.padEnd(16)} ${medians[i]} (${Math.min(...all)} to ${Math.max(...all)})`);
  });

  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: browserFlags,
  });
  const version = `Chromium ${browser.version()}`;
  const context = await browser.newContext();
  const page = await context.newPage();
  const url = `${server.url}${WIDGET}`;
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
  await browser.close();
  const spread = (values: number[], digits = 0): string =>
    `${median(values).toFixed(digits)} (${values.map((value) => value.toFixed(digits)).join(', ')})`;
  console.log(`\n${version}, /${WIDGET}`);
  console.log(`  first frame after Run   ${spread(first)} ms`);
  console.log(`  long tasks in 5 s       ${spread(longTasks)}`);
  console.log(`  dropped frames in 5 s   ${spread(dropped)}`);

  if (options.write) {
    const record: PagesRecord = {
      date: new Date().toISOString().slice(0, 10),
      machine: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      browser: version,
      times,
      lighthouse: Object.fromEntries(categories.map((name, i) => [name, medians[i]!])),
      firstFrame: Math.round(median(first)),
      longTasks: median(longTasks),
      droppedFrames: median(dropped),
    };
    const file = fileURLToPath(new URL('./pages.json', import.meta.url));
    await writeFile(file, `${JSON.stringify(record, null, 2)}\n`);
  }
} finally {
  await server.close();
  await rm(scratch, { recursive: true });
}
