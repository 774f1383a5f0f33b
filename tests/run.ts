/**
 * Runs the parts named on the command line (all of them without a name), prints each one's report and
 * then what took how long, and ends with the line `N passed, N failed`. Exit code 0 means that nothing
 * failed.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './config/root.ts';
import { findBrowser } from './support/browser.ts';
import { output, runCommand, runScript, type Output } from './support/command.ts';
import { countPlaywright, countVitest, type Count } from './support/count.ts';
import { timedPlaywright, timedVitest } from './support/durations.ts';
import { summaryOf, type PartResult } from './support/summary.ts';
import { trainingIds } from './support/trainingIds.ts';

const scratch = await mkdtemp(join(tmpdir(), 'gradient-lab-tests-'));

type Found = Pick<PartResult, 'count' | 'tests'>;
type Step = [packageName: string, command: string, args: string[]];

async function check(out: Output, ...steps: Step[]): Promise<Found> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const [packageName, command, args] of steps) {
    const code = await runCommand(packageName, command, args, out);
    const told = code === 0 ? 'ok' : `failed (exit code ${code})`;
    out.say(`${command} ${args[0] ?? ''}: ${told}\n`);
    if (code === 0) count.passed += 1;
    else count.failed += 1;
  }
  return { count, tests: [] };
}

async function vitest(out: Output, part: string): Promise<Found> {
  const path = join(scratch, `${part}.json`);
  const code = await runCommand(
    'vitest',
    'vitest',
    [
      'run',
      '--config',
      `tests/config/vitest.${part}.ts`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${path}`,
      ...filters,
    ],
    out,
  );
  const report = await readReport(path);
  return {
    count: countVitest(report, code),
    tests: timedVitest(report, part, availableParallelism()),
  };
}

async function playwright(out: Output): Promise<Found> {
  const path = join(scratch, 'site.json');
  const code = await runCommand(
    '@playwright/test',
    'playwright',
    ['test', '--config', 'tests/config/playwright.ts', '--reporter=list,json', ...filters],
    out,
    { PLAYWRIGHT_JSON_OUTPUT_NAME: path },
  );
  const report = await readReport(path);
  return { count: countPlaywright(report, code), tests: timedPlaywright(report, 'site') };
}

async function readReport(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

const parts: Record<string, (out: Output) => Promise<Found>> = {
  types: (out) =>
    check(
      out,
      ['astro', 'astro', ['sync']],
      [
        'astro',
        'astro',
        [
          'check',
          '--noSync',
          '--minimumSeverity',
          'warning',
          '--minimumFailingSeverity',
          'warning',
        ],
      ],
      [
        'svelte-check',
        'svelte-check',
        // Files of TypeScript alone are checked above.
        [
          ...['--tsconfig', 'tests/config/tsconfig.svelte.json'],
          ...['--fail-on-warnings', '--output', 'human'],
        ],
      ],
    ),
  lint: (out) =>
    check(
      out,
      [
        'eslint',
        'eslint',
        ['--config', 'tests/config/eslint.config.js', '--max-warnings', '0', '.'],
      ],
      ['prettier', 'prettier', ['--check', '.', ...unformatted]],
    ),
  unit: (out) => vitest(out, 'unit'),
  content: (out) => vitest(out, 'content'),
  golden: (out) => vitest(out, 'golden'),
  browser: (out) => vitest(out, 'browser'),
  site: playwright,
};

/**
 * Parts that run beside one another, since none keeps two cores busy to its end: the tools of types and lint
 * work on one, and a browser's part waits for its start. Four at most do so; the site runs alone.
 */
const beside = ['types', 'lint', 'golden', 'browser', 'unit', 'content'];

/** What a part waits for of those beside it. Content's tests write into the folders that types and lint read. */
const after: Record<string, readonly string[]> = {
  unit: ['golden'],
  content: ['types', 'lint', 'browser'],
};

/**
 * What is prepared for a later part when one has ended, while what runs beside it goes on: builds wait now and
 * then, and would leave a core idle.
 */
const afterwards: Record<string, () => Promise<void>> = {
  async content() {
    if (!chosen.includes('site')) return;
    const folder = join(scratch, 'site');
    // Where it fails, the part prepares for itself and tells why.
    if ((await runScript(`${root}tests/support/prepare.ts`, [folder], output(true))) === 0)
      process.env['GRADIENT_LAB_PREPARED'] = folder;
  },
};

/** Formatted by the tools that write them, or by hand (Prettier does not know MDX with formulas). */
const unformatted = [
  '!**/*.mdx',
  '!**/recordings.json',
  '!**/golden-check/cases.json',
  '!tests/golden/**/*.json',
  '!tests/checkup/**',
  '!**/assembly/**',
];

const args = process.argv.slice(2);
const split = args.indexOf('--');
const filters = split < 0 ? [] : args.slice(split + 1);
const wanted = split < 0 ? args : args.slice(0, split);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(
    `No part called ${unknown.join(', ')}; the parts are ${Object.keys(parts).join(', ')}.`,
  );
  process.exit(2);
}

async function timed(part: string, out: Output): Promise<PartResult> {
  out.say(`\n## ${part}\n\n`);
  const start = performance.now();
  const found = await parts[part]!(out);
  return { part, ...found, seconds: (performance.now() - start) / 1000 };
}

/** Runs parts at once. The words of the first are printed as they come, those of each next one after it. */
async function together(names: readonly string[]): Promise<PartResult[]> {
  const outputs = names.map((_, i) => output(i > 0));
  const running = new Map<string, Promise<PartResult>>();
  for (const [i, name] of names.entries()) {
    const before = (after[name] ?? []).flatMap((other) => running.get(other) ?? []);
    running.set(
      name,
      Promise.all(before).then(() => timed(name, outputs[i]!)),
    );
  }
  const preparing = [...running].map(([name, one]) => one.then(() => afterwards[name]?.()));
  const results: PartResult[] = [];
  for (const [i, one] of [...running.values()].entries()) {
    outputs[i]!.release();
    results.push(await one);
  }
  await Promise.all(preparing);
  return results;
}

// Found once and named, so that the parts do not each unpack a browser.
process.env['CHROME_PATH'] = await findBrowser();
process.env['GRADIENT_LAB_NEWCOMER'] = join(scratch, 'newcomer');
const chosen = Object.keys(parts).filter((name) => wanted.length === 0 || wanted.includes(name));
const start = performance.now();
const results = await together(beside.filter((name) => chosen.includes(name)));
results.push(...(await together(chosen.filter((name) => !beside.includes(name)))));
await rm(scratch, { recursive: true, force: true });
console.log(`\n${summaryOf(results, (performance.now() - start) / 1000, trainingIds())}`);
process.exitCode = results.some(({ count }) => count.failed > 0) ? 1 : 0;
