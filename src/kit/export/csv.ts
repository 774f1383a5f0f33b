import type { ChartSpec } from '../charts/spec';
import { table } from '../charts/table';
import type { ChartWords } from '../charts/words';

const cell = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * The numbers of a chart as CSV (RFC 4180), one header line, every digit kept; a diverged run has the
 * words NaN, Infinity and -Infinity in its cells.
 */
export function toCsv(spec: ChartSpec, words: ChartWords): string {
  const { columns, rows } = table(spec, words);
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
