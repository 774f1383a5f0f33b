/**
 * Measures in Chromium and prints a table of ratios:
 * `npm run bench -- [--job J30 …] [--column captured …] [--rounds 7] [--slice 300] [--firefox] [--write]`.
 * `slice` is the milliseconds of one column in one round. With --firefox it measures in Firefox, too,
 * where one is found. With --write it measures every job and writes results.json. With
 * `--memory 20000` it prints instead what a run of that many steps keeps, on the backends named by
 * `--column` (default wasm and webgl).
 */
import { createServer, type Server } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { engineVite } from '../../src/engine/vite.ts';
import { browserFlags, findBrowser } from '../support/browser.ts';
import { findFirefox, launchFirefox, noFirefox } from '../support/firefox.ts';
import type { MemoryAt } from './memory.ts';
import type { SeedsMeasured } from './seeds.ts';

const folder = fileURLToPath(new URL('./', import.meta.url));
const root = join(folder, '../..');

interface Measured {
  job: string;
  column: string;
  milliseconds: number;
  ratio: number;
  loss: number;
}

/** The kernel that measures the machine's peak, compiled, in base64. */
async function compilePeak(): Promise<string> {
  const { default: compiler } = await import('assemblyscript/asc');
  let binary: Uint8Array | undefined;
  const options = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--use', 'abort='];
  const { error, stderr } = await compiler.main(
    ['peak.ts', '--baseDir', join(folder, 'assembly'), ...options, '-o', 'peak.wasm'],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(join(base ?? folder, name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name, contents) => {
        if (name === 'peak.wasm') binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`The peak kernel does not compile.\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

function serve(directory: string): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const path = join(directory, new URL(request.url ?? '/', 'http://localhost').pathname);
      try {
        const body = await readFile(path);
        response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
        response.end(body);
      } catch {
        response.statusCode = 404;
        response.end();
      }
    })();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const { values: options } = parseArgs({
  options: {
    job: { type: 'string', multiple: true },
    column: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '7' },
    slice: { type: 'string', default: '300' },
    memory: { type: 'string' },
    firefox: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const peak = await compilePeak();
const out = await mkdtemp(join(tmpdir(), 'gradient-lab-bench-'));
await build({
  root: folder,
  base: './',
  configFile: false,
  logLevel: 'error',
  plugins: [engineVite()],
  define: { __PEAK__: JSON.stringify(peak) },
  worker: { format: 'es', plugins: () => [engineVite()] },
  build: { outDir: out, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023' },
});
const server = await serve(out);
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
const pageAddress = `http://127.0.0.1:${port}/index.html`;
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserFlags });

/** What was measured in one browser. */
interface BrowserResults {
  browser: string;
  results: Measured[];
  seeds: SeedsMeasured;
}

/** A page of either browser's driver. */
interface AnyPage {
  evaluate(code: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Trains once for each backend and prints the memory at the start, in the middle and at the end. */
async function printMemory(steps: number): Promise<void> {
  const backends = options.column.length > 0 ? options.column : ['wasm', 'webgl'];
  for (const backend of backends) {
    const page = await browser.newPage();
    await page.goto(pageAddress);
    const seen = await page.evaluate(
      ([name, count]) =>
        (globalThis as unknown as { memory: (...args: unknown[]) => Promise<MemoryAt[]> }).memory(
          name,
          count,
        ),
      [backend, steps] as const,
    );
    console.log(`\n${backend}`);
    for (const { step, tensors, tensorMiB, heapMiB } of seen.filter(
      (_, i) => i < 3 || i % Math.ceil(seen.length / 8) === 0 || i === seen.length - 1,
    ))
      console.log(
        `  step ${String(step).padStart(6)}  ${tensors} tensors  ${tensorMiB.toFixed(2)} MiB  heap ${heapMiB.toFixed(0)} MiB`,
      );
    await page.close();
  }
}

/** What a promise in the page comes to. Drivers wait minutes at most; a job may take longer. */
async function settled(page: AnyPage, promise: string): Promise<unknown> {
  await page.evaluate(`globalThis.outcome = null;
    ${promise}.then(
      (value) => (globalThis.outcome = { value }),
      (error) => (globalThis.outcome = { error: String(error) }),
    );
    null`);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const outcome = (await page.evaluate('globalThis.outcome')) as {
      value?: unknown;
      error?: string;
    } | null;
    if (outcome?.error) throw new Error(outcome.error);
    if (outcome) return outcome.value;
  }
}

/** Measures the jobs one after another, each on a fresh page, then the twenty seeds. */
async function measureIn(name: string, openPage: () => Promise<AnyPage>): Promise<BrowserResults> {
  console.log(`\n${name}`);
  const first = await openPage();
  const all = (await first.evaluate('jobNames')) as string[];
  const seeds = (await settled(first, 'manySeeds()')) as SeedsMeasured;
  await first.close();
  const results: Measured[] = [];
  for (const job of options.job ?? (options.write ? all : ['J30'])) {
    const page = await openPage();
    const request = [job, options.column, Number(options.rounds), Number(options.slice)];
    const measured = (await settled(page, `measure(...${JSON.stringify(request)})`)) as Measured[];
    results.push(...measured);
    print(job, measured);
    await page.close();
  }
  console.log(
    `\n${seeds.seeds} seeds of ${seeds.steps} steps on ${seeds.workers} workers: ${seeds.seconds.toFixed(2)} s`,
  );
  return { browser: name, results, seeds };
}

function print(job: string, measured: readonly Measured[]): void {
  console.log(`\n${job}`);
  for (const { column, milliseconds, ratio, loss } of measured) {
    const steps = (1000 / milliseconds).toFixed(0);
    console.log(
      `  ${column.padEnd(20)} ${milliseconds.toFixed(3).padStart(9)} ms  ${steps.padStart(6)} steps/s  ` +
        `${ratio.toFixed(2).padStart(7)} × captured's time   loss ${Number(loss).toPrecision(5)}`,
    );
  }
}

async function inChromium(): Promise<BrowserResults> {
  return measureIn(`Chromium ${browser.version()}`, async () => {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error.message));
    await page.goto(pageAddress);
    await page.waitForFunction('typeof measure === "function"');
    return page;
  });
}

async function inFirefox(): Promise<BrowserResults[]> {
  const path = findFirefox();
  if (path === null) {
    console.log(noFirefox);
    return [];
  }
  const firefox = await launchFirefox(path);
  try {
    const version = (await firefox.version()).replace('/', ' ').replace(/^firefox/i, 'Firefox');
    return [
      await measureIn(version, async () => {
        const page = await firefox.newPage();
        page.setDefaultTimeout(0);
        await page.goto(pageAddress);
        await page.waitForFunction('typeof measure === "function"');
        return page;
      }),
    ];
  } finally {
    await firefox.close();
  }
}

const measured: BrowserResults[] = [];
try {
  if (options.memory) await printMemory(Number(options.memory));
  else {
    measured.push(await inChromium());
    if (options.firefox) measured.push(...(await inFirefox()));
  }
} finally {
  await browser.close();
  server.close();
  await rm(out, { recursive: true });
}
if (options.write && !options.memory) {
  const { version, dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as {
    version: string;
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const record = {
    date: new Date().toISOString().slice(0, 10),
    machine: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    load: loadavg()[0],
    versions: {
      'gradient-lab': version,
      tfjs: dependencies['@tensorflow/tfjs-core'],
      convnetjs: devDependencies['convnetjs'],
    },
    browsers: measured,
  };
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(record, null, 2)}\n`);
}
