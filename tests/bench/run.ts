/**
 * Measures in Chromium, in Firefox where one is found, and on the built site, prints what it finds and
 * writes results.json and pages.json; then trains every widget on WebGL to its end: `npm run bench`. What
 * measures less writes nothing:
 *
 * - `--job J30 …`, `--column captured …`: only these, in Chromium;
 * - `--rounds 7`, `--slice 200`: how often each column takes its turn, and for how many milliseconds;
 * - `--pages` (`npm run bench:pages`): the built site alone, with `--times 5`; whole, it writes
 *   pages.json. `--site DIR` names a build to use instead of a new one;
 * - `--webgl` (`npm run bench:webgl`): every widget on WebGL alone. In `npm test` one widget for each set
 *   of kernels is; where WebGL is drawn in software all of them take many minutes;
 * - `--checkup` (`npm run bench:checkup`): the check-up on files of 100 MB alone;
 * - `--memory 20000`: what a run of that many steps keeps, on the backends named by `--column` (default
 *   wasm and webgl).
 *
 * A column whose loss is another than that of the captured step stops the benchmark, and so does a
 * network of objects that is not as fast as the program it is written after.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import type { BenchRecord } from '../../src/site/bench/results.ts';
import { browserFlags, findBrowser } from '../support/browser.ts';
import { findFirefox, launchFirefox, noFirefox } from '../support/firefox.ts';
import { servePage } from './bundle.ts';
import { measureCheckup } from './checkup.ts';
import { measureIn, settled, type BrowserResults, type Settings } from './measureIn.ts';
import type { MemoryAt } from './memory.ts';
import { measurePages } from './pages.ts';
import { trainOnWebgl } from './webgl.ts';

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const { values: options } = parseArgs({
  options: {
    job: { type: 'string', multiple: true, default: [] },
    column: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string' },
    slice: { type: 'string' },
    pages: { type: 'boolean', default: false },
    webgl: { type: 'boolean', default: false },
    checkup: { type: 'boolean', default: false },
    times: { type: 'string' },
    site: { type: 'string' },
    memory: { type: 'string' },
  },
});
const isNarrow = options.job.length > 0 || options.column.length > 0;
const isShort = [options.rounds, options.slice, options.times].some((given) => given !== undefined);
const record = !isNarrow && !isShort;

/** Measures in every browser, and stops the browsers whatever happens. */
async function measureBrowsers(): Promise<BrowserResults[]> {
  const page = await servePage();
  const settings: Omit<Settings, 'enforces'> = {
    jobs: options.job,
    columns: options.column,
    rounds: Number(options.rounds ?? 7),
    slice: Number(options.slice ?? 200),
  };
  try {
    const found = [await inChromium(page.url, { ...settings, enforces: true })];
    if (isNarrow) return found;
    const firefox = findFirefox();
    if (firefox === null) console.log(`\n${noFirefox}`);
    else found.push(await inFirefox(firefox, page.url, { ...settings, enforces: false }));
    return found;
  } finally {
    await page.close();
  }
}

async function inChromium(url: string, settings: Settings): Promise<BrowserResults> {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: browserFlags,
  });
  const openPage = async () => {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error.message));
    await page.goto(url);
    await page.waitForFunction('typeof measure === "function"');
    return page;
  };
  try {
    return await measureIn(`Chromium ${browser.version()}`, openPage, settings);
  } finally {
    await browser.close();
  }
}

async function inFirefox(path: string, url: string, settings: Settings): Promise<BrowserResults> {
  const browser = await launchFirefox(path);
  const openPage = async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(url);
    await page.waitForFunction('typeof measure === "function"');
    return page;
  };
  try {
    const version = (await browser.version()).replace('/', ' ').replace(/^firefox/i, 'Firefox');
    return await measureIn(version, openPage, settings);
  } finally {
    await browser.close();
  }
}

/** Trains once for each backend and prints the memory at the start, in the middle and at the end. */
async function printMemory(steps: number): Promise<void> {
  const { url, close } = await servePage();
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: browserFlags,
  });
  const backends = options.column.length > 0 ? options.column : ['wasm', 'webgl'];
  try {
    for (const backend of backends) {
      const page = await browser.newPage();
      await page.goto(url);
      await page.waitForFunction('typeof memory === "function"');
      const call = `memory(...${JSON.stringify([backend, steps])})`;
      const seen = (await settled(page, call)) as MemoryAt[];
      console.log(`\n${backend}`);
      const shown = seen.filter(
        (_, i) => i < 3 || i % Math.ceil(seen.length / 8) === 0 || i === seen.length - 1,
      );
      for (const { step, tensors, tensorMiB, heapMiB } of shown)
        console.log(
          `  step ${String(step).padStart(6)}  ${tensors} tensors  ${tensorMiB.toFixed(2)} MiB  heap ${heapMiB.toFixed(0)} MiB`,
        );
      await page.close();
    }
  } finally {
    await browser.close();
    await close();
  }
}

function write(name: string, value: unknown): void {
  writeFileSync(fileOf(name), `${JSON.stringify(value, null, 2)}\n`);
  console.log(`\nWritten: tests/bench/${name}`);
}

function benchRecord(browsers: BrowserResults[]): BenchRecord {
  const { version, dependencies, devDependencies } = JSON.parse(
    readFileSync(fileOf('../../package.json'), 'utf8'),
  ) as { version: string; dependencies: Versions; devDependencies: Versions };
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    load: loadavg()[0] ?? 0,
    versions: {
      'gradient-lab': version,
      tfjs: dependencies['@tensorflow/tfjs-core'] ?? '',
      convnetjs: devDependencies['convnetjs'] ?? '',
    },
    browsers,
  };
}

type Versions = Record<string, string>;

async function main(): Promise<void> {
  if (options.memory) return printMemory(Number(options.memory));
  if (options.webgl) return trainOnWebgl();
  if (options.checkup) return measureCheckup(options.site);
  if (!options.pages) {
    const browsers = await measureBrowsers();
    if (record) write('results.json', benchRecord(browsers));
  }
  if (isNarrow) return;
  const pages = await measurePages({ site: options.site, times: Number(options.times ?? 5) });
  if (record) write('pages.json', pages);
  if (!options.pages && !isShort) {
    await measureCheckup(options.site);
    await trainOnWebgl();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
