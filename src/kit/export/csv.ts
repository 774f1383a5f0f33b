import type { ChartSpec } from '../charts/spec';
import { table } from '../charts/table';
import type { ChartWords } from '../charts/words';

/** Between two columns. A semicolon is for programs whose decimal sign is a comma, which numbers then have. */
export type Separator = ',' | ';';

function cell(value: string | number, separator: Separator): string {
  if (typeof value === 'number' && separator === ';') return String(value).replace('.', ',');
  const text = String(value);
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The numbers of a chart as CSV (RFC 4180), one header line, every digit kept; a diverged run has the
 * words NaN, Infinity and -Infinity in its cells. It begins with a byte-order mark, without which
 * spreadsheets read signs such as ‖ wrongly.
 */
export function toCsv(spec: ChartSpec, words: ChartWords, separator: Separator = ','): string {
  const { columns, rows } = table(spec, words);
  const lines = [columns, ...rows].map((row) =>
    row.map((value) => cell(value, separator)).join(separator),
  );
  return `\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`;
}
