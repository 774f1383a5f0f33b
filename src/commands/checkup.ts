/**
 * `npm run checkup -- file… [-] [--json] [--clip 1.0] [--classes 10] [--column NAME=ROLE]`: reads logs of
 * trainings and says what is wrong with them; `-` is standard input. Exit code 0: no fault; 1: a fault; 2: a
 * file could not be read. src/checkup/README.md describes what `--json` prints.
 */
import { createReadStream, statSync } from 'node:fs';
import { Reader } from '../checkup/read/reader.ts';
import type { Reading } from '../checkup/read/reading.ts';
import { exitCode, jsonReport, reportOf } from '../checkup/report/report.ts';
import { textReport } from '../checkup/report/text.ts';
import { readOptions } from './checkup/options.ts';

async function readFile(path: string): Promise<Reading> {
  const reader = new Reader(path === '-' ? 'standard input' : path);
  if (path !== '-' && !statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new Error(`There is no file ${path}.`);
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 20 });
  for await (const bytes of stream) reader.push(bytes as Uint8Array);
  return reader.end();
}

async function main(args: string[]): Promise<number> {
  const { files, json, given, chosen } = readOptions(args);
  const reports = [];
  for (const file of files) reports.push(reportOf(await readFile(file), { given, chosen }));
  const output = json
    ? JSON.stringify(
        reports.length === 1 ? jsonReport(reports[0]!) : reports.map(jsonReport),
        null,
        2,
      )
    : reports.map((report) => textReport(report).join('\n')).join('\n\n');
  await new Promise<void>((resolve) => process.stdout.write(`${output}\n`, () => resolve()));
  return Math.max(...reports.map(exitCode));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
