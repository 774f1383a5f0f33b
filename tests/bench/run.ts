/**
 * Measures in Chromium, prints a table of ratios and writes results.json:
 * `npm run bench -- [--job J30 …] [--column captured …] [--rounds 7] [--slice 300]`.
 * `slice` is the milliseconds of one column in one round. With `--memory 20000` it prints instead what
 * a run of that many steps keeps, on the backends named by `--column` (default wasm and webgl).
 */
import { createServer, type Server } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { engineVite } from '../../src/engine/vite.ts';
import { browserFlags, findBrowser } from '../support/browser.ts';
import type { MemoryAt } from './memory.ts';

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
    job: { type: 'string', multiple: true, default: ['J30'] },
    column: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '7' },
    slice: { type: 'string', default: '300' },
    memory: { type: 'string' },
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
  build: { outDir: out, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023' },
});
const server = await serve(out);
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserFlags });
const results: Measured[] = [];

/** Trains once for each backend and prints the memory at the start, in the middle and at the end. */
async function printMemory(steps: number): Promise<void> {
  const backends = options.column.length > 0 ? options.column : ['wasm', 'webgl'];
  for (const backend of backends) {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/index.html`);
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

try {
  if (options.memory) await printMemory(Number(options.memory));
  for (const job of options.memory ? [] : options.job) {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error.message));
    await page.goto(`http://127.0.0.1:${port}/index.html`);
    const measured = await page.evaluate(
      ([name, columns, rounds, slice]) =>
        (globalThis as unknown as { measure: (...args: unknown[]) => Promise<Measured[]> }).measure(
          name,
          columns,
          rounds,
          slice,
        ),
      [job, options.column, Number(options.rounds), Number(options.slice)] as const,
    );
    results.push(...measured);
    console.log(`\n${job}`);
    for (const { column, milliseconds, ratio, loss } of measured) {
      const steps = (1000 / milliseconds).toFixed(0);
      console.log(
        `  ${column.padEnd(20)} ${milliseconds.toFixed(3).padStart(9)} ms  ${steps.padStart(6)} steps/s  ` +
          `${ratio.toFixed(2).padStart(7)} × captured's time   loss ${loss.toPrecision(5)}`,
      );
    }
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
  await rm(out, { recursive: true });
}
if (options.memory) process.exit(0);
const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version as string;
writeFileSync(
  join(folder, 'results.json'),
  `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), version, machine: cpus()[0]?.model ?? 'unknown', cores: cpus().length, results }, null, 2)}\n`,
);
