/**
 * Runs the parts named on the command line (all of them without a name), prints each one's report
 * and ends with the line `N passed, N failed`. Exit code 0 means that nothing failed.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countPlaywright, countVitest, type Count } from './support/count.ts';
import { findBrowser } from './support/browser.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const require = createRequire(import.meta.url);
const scratch = await mkdtemp(join(tmpdir(), 'gradient-lab-tests-'));

/** Runs a package's command on the same Node and resolves with its exit code. */
function run(
  packageName: string,
  command: string,
  args: string[],
  env: object = {},
): Promise<number> {
  const manifest = manifestOf(packageName);
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  const script = join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]!);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Not by `require.resolve`: most packages do not export their package.json. */
const manifestOf = (packageName: string) => join(root, 'node_modules', packageName, 'package.json');

async function check(
  ...steps: [packageName: string, command: string, args: string[]][]
): Promise<Count> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const [packageName, command, args] of steps) {
    const code = await run(packageName, command, args);
    console.log(`${command} ${args[0] ?? ''}: ${code === 0 ? 'ok' : `failed (exit code ${code})`}`);
    if (code === 0) count.passed += 1;
    else count.failed += 1;
  }
  return count;
}

async function vitest(part: string): Promise<Count> {
  const report = join(scratch, `${part}.json`);
  const code = await run('vitest', 'vitest', [
    'run',
    '--config',
    `tests/config/vitest.${part}.ts`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ]);
  return countVitest(await readReport(report), code);
}

async function playwright(): Promise<Count> {
  const report = join(scratch, 'site.json');
  const code = await run(
    '@playwright/test',
    'playwright',
    ['test', '--config', 'tests/config/playwright.ts', '--reporter=list,json', ...filters],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  );
  return countPlaywright(await readReport(report), code);
}

async function readReport(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

const parts: Record<string, () => Promise<Count>> = {
  types: () =>
    check(
      ['astro', 'astro', ['sync']],
      [
        'astro',
        'astro',
        ['check', '--minimumSeverity', 'warning', '--minimumFailingSeverity', 'warning'],
      ],
      [
        'svelte-check',
        'svelte-check',
        ['--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human'],
      ],
    ),
  lint: () =>
    check(
      [
        'eslint',
        'eslint',
        ['--config', 'tests/config/eslint.config.js', '--max-warnings', '0', '.'],
      ],
      ['prettier', 'prettier', ['--check', '.', ...unformatted]],
    ),
  unit: () => vitest('unit'),
  content: () => vitest('content'),
  golden: () => vitest('golden'),
  browser: () => vitest('browser'),
  site: playwright,
};

/** Formatted by the tools that write them, or by hand (Prettier does not know MDX with formulas). */
const unformatted = [
  '!**/*.mdx',
  '!**/recordings.json',
  '!**/golden-check/cases.json',
  '!tests/golden/**/*.json',
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

// Found once and named, so that the parts do not each unpack a browser.
process.env['CHROME_PATH'] = await findBrowser();
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const rows: string[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  const start = Date.now();
  const count = await part();
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
  rows.push(
    `${name.padEnd(8)} ${count.passed} passed, ${count.failed} failed` +
      `${count.skipped > 0 ? `, ${count.skipped} skipped` : ''} (${Math.round((Date.now() - start) / 1000)} s)`,
  );
}
await rm(scratch, { recursive: true, force: true });
console.log(`\n${rows.join('\n')}\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
