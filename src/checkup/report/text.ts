import { formats, formatName } from '../read/formats.ts';
import { advice } from './advice.ts';
import type { Report } from './report.ts';
import {
  evidencePairs,
  placeOf,
  roleNames,
  soughtNames,
  uncheckedByReason,
  verdict,
} from './words.ts';

/** The report as lines for a terminal. */
export function textReport(report: Report): string[] {
  const { reading, assignments, run, findings, checked } = report;
  const lines = [`${reading.file}: ${verdict(report)}`];
  if (reading.unreadable) return [...lines, ...unreadableLines(report)];
  lines.push('', `Read as ${formatName(reading.format!)}: ${count(reading.table.rows, 'row')}.`);
  for (const { column, role, sure, because } of assignments
    .filter(({ role }) => role !== 'other')
    .slice(0, 20))
    lines.push(
      `  ${roleNames[role]}: ${column}${sure ? '' : ` (not sure: ${because ?? 'by its look'})`}`,
    );
  for (const { reason, count: many, line, example } of reading.left)
    lines.push(
      `  left out ${many} × ${reason}, first on line ${line}${example ? `: ${example}` : ''}`,
    );
  for (const { reason, rows } of run.omitted)
    lines.push(`  left out ${count(rows, 'row')}: ${reason}`);
  for (const { at, what } of reading.damage) lines.push(`  damaged at byte ${at}: ${what}`);
  for (const finding of findings) {
    const { title, meaning, next, useless, chapter, preset } = advice[finding.id];
    lines.push(
      '',
      `${finding.severity === 'fault' ? 'FAULT' : 'NOTE'}  ${title}  [${finding.id}, confidence ${finding.confidence}]`,
      `  Where: ${placeOf(finding)}`,
      `  Told from: ${finding.told}`,
      ...evidencePairs(finding).map(([name, value]) => `    ${name}: ${value}`),
      `  ${meaning}`,
      '  Next:',
      ...next.map((step, index) => `    ${index + 1}. ${step}`),
      '  Will not help:',
      ...useless.map((one) => `    - ${one}`),
      `  Read: ${chapter.title} (/${chapter.slug}/). See it happen: /widgets/${preset.widget}/?preset=${preset.preset}`,
    );
  }
  lines.push('', `Looked for: ${checked.map((id) => soughtNames[id]).join(', ')}.`);
  for (const { because, sought } of uncheckedByReason(report))
    lines.push(`Not checked, since ${because}: ${sought.join(', ')}.`);
  return lines;
}

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;

function unreadableLines({ reading }: Report): string[] {
  const seen = reading.head.filter((line) => line.trim() !== '');
  return [
    ...(seen.length > 0
      ? ['', 'Its first lines, as they were seen:', ...seen.map((line) => `  ${line}`)]
      : []),
    ...(reading.unreadable!.kind === 'unknown-format'
      ? [
          '',
          'What was looked for, each with an example:',
          ...formats.flatMap(({ name, example }) => [`  ${name}`, `    ${example}`]),
        ]
      : []),
  ];
}
