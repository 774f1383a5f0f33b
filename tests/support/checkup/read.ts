import { Reader } from '../../../src/checkup/read/reader.ts';
import type { Reading } from '../../../src/checkup/read/reading.ts';
import { reportOf, type Report, type ReportOptions } from '../../../src/checkup/report/report.ts';

/** Reads a text or bytes as a file, in pieces of a size. */
export function readAll(content: string | Uint8Array, file = 'log', piece = 1 << 20): Reading {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const reader = new Reader(file);
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
  return reader.end();
}

export const checkUp = (
  content: string | Uint8Array,
  file = 'log',
  options?: ReportOptions,
): Report => reportOf(readAll(content, file), options);

/** Ids of what was found, sorted; `unknown-format` where nothing could be read. */
export const foundIn = (report: Report): string[] =>
  report.reading.unreadable ? ['unknown-format'] : report.findings.map(({ id }) => id).sort();

/** All evidence of a report in one object. */
export const evidenceOf = (report: Report): Record<string, unknown> =>
  Object.assign({}, ...report.findings.map(({ evidence }) => evidence)) as Record<string, unknown>;
