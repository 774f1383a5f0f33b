/**
 * Measures the check-up: for each form the seconds in which the page reads and judges a file of 100 MB, with
 * the longest task that the page itself had meanwhile, and the seconds of a start of the command.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, openSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser, browserFlags } from '../support/browser.ts';
import { build } from '../support/build.ts';
import { courseOf } from '../support/checkup/courses.ts';
import { forms } from '../support/checkup/forms.ts';
import { serveFolder } from '../support/server.ts';

const BYTES = 100e6;
const measured = [
  'huggingface-trainer',
  'megatron',
  'mmengine',
  'json-lines',
  'key-value',
  'csv',
  'trainer-state',
];

/** Writes a healthy training of so many bytes, its steps growing all the way. */
function writeLog(path: string, form: string): void {
  const file = openSync(path, 'w');
  const course = courseOf('healthy', 1, 5000);
  const print = forms[form]!;
  const isDocument = form === 'trainer-state';
  const pieceOf = (round: number): string => {
    const rows = course.map((row) => ({ ...row, step: row.step + round * 1_000_000 }));
    const text = print(rows);
    if (isDocument) return text.slice(text.indexOf('['), text.lastIndexOf(']')).slice(1);
    return form === 'csv' && round > 0 ? text.slice(text.indexOf('\n') + 1) : text;
  };
  let bytes = 0;
  if (isDocument) writeSync(file, '{ "log_history": [');
  for (let round = 0; bytes < BYTES; round++)
    bytes += writeSync(file, (round === 0 ? '' : isDocument ? ',' : '\n') + pieceOf(round));
  if (isDocument) writeSync(file, ']}');
  closeSync(file);
}

/** Measures in Chromium on a build, and prints a line for each form. */
export async function measureCheckup(site: string | undefined): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'gradient-lab-checkup-'));
  const server = await serveFolder(site ?? (await build(join(scratch, 'site'), '/')));
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: browserFlags,
  });
  try {
    for (const form of measured) {
      const path = join(scratch, `${form}.log`);
      writeLog(path, form);
      const page = await browser.newPage();
      await page.addInitScript(() => {
        const tasks: number[] = [];
        Object.assign(globalThis, { tasks });
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) tasks.push(duration);
        }).observe({ type: 'longtask' });
      });
      await page.goto(`${server.url}checkup/`, { waitUntil: 'networkidle' });
      // What the page loads is measured with its other pages.
      await page.evaluate('tasks.length = 0');
      const started = performance.now();
      await page.getByLabel('A log of a training').setInputFiles(path);
      await page.waitForSelector('.checkup[data-state="done"]', { timeout: 300_000 });
      const seconds = (performance.now() - started) / 1000;
      const tasks = (await page.evaluate('tasks')) as number[];
      const rows = await page.locator('.read').textContent();
      console.log(
        `${form.padEnd(20)} ${seconds.toFixed(2)} s, longest task of the page ${tasks.length === 0 ? 'below 50' : Math.max(...tasks).toFixed(0)} ms; ${rows?.trim().replace(/\s+/g, ' ')}`,
      );
      await page.close();
      rmSync(path);
    }
    const small = join(scratch, 'small.log');
    writeFileSync(small, forms['key-value']!(courseOf('healthy', 1)));
    const started = performance.now();
    execFileSync(process.execPath, ['src/commands/checkup.ts', small]);
    console.log(
      `npm run checkup on a small file: ${((performance.now() - started) / 1000).toFixed(2)} s`,
    );
  } finally {
    await browser.close();
    await server.close();
    rmSync(scratch, { recursive: true });
  }
}
