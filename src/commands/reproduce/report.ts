import type { Row } from './rows';

/** The comparison as Markdown. */
export function report(rows: readonly Row[], seeds: number, backend: string): string {
  return [
    '# Reproduction',
    '',
    `Written by \`npm run reproduce\`: ${seeds} seeds on the backend ${backend}, beside measurements made in`,
    'PyTorch 1.13 (float32, 10 seeds unless stated, its own random numbers and its own split of the data).',
    'Mean ± standard deviation (sd) over seeds; where none stands, PyTorch’s was not kept. "allowed" is the',
    'difference up to which the two agree, and where it comes from. Where a deviation over seeds is known on both',
    'sides, the wider counts. d is the number of hidden layers; width 32, batches of 32 unless stated in the',
    'command.',
    '',
    '| § | setting | quantity | PyTorch | here | allowed | agrees |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(tableLine),
    '',
  ].join('\n');
}

const tableLine = (row: Row): string =>
  `| ${row.section} | ${row.setting} | ${row.quantity} | ${row.reference} | ${row.measured} | ${row.allowed} | ${row.agrees ? 'yes' : '**no**'} |`;

/** A row as the command prints it. */
export const consoleLine = (row: Row): string =>
  `${nameOf(row)} ${row.measured} (reference ${row.reference})${row.agrees ? '' : '  DIFFERS'}`;

/** A sentence that names the rows which disagree; null where none does. */
export function disagreement(rows: readonly Row[]): string | null {
  const differing = rows.filter(({ agrees }) => !agrees);
  if (differing.length === 0) return null;
  return `Rows that disagree with PyTorch, ${differing.length} of ${rows.length}: ${differing.map(nameOf).join('; ')}.`;
}

const nameOf = ({ section, setting, quantity }: Row): string =>
  `${section}. ${setting}: ${quantity}`;
