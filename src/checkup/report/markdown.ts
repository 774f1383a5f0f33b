import { formatName } from '../read/formats.ts';
import { advice } from './advice.ts';
import type { Report } from './report.ts';
import { evidencePairs, placeOf, soughtNames, uncheckedByReason, verdict } from './words.ts';

/** Text that means itself in Markdown. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>|#]/g, (char) => `\\${char}`);

/** The findings as Markdown, for an issue. `site` is the book's address, for links. */
export function markdownReport(report: Report, site: string): string {
  const { reading, findings, checked } = report;
  const lines = [`## Check-up of ${plain(reading.file)}`, '', verdict(report), ''];
  if (reading.unreadable) return lines.join('\n');
  lines.push(`Read as ${formatName(reading.format!)}, ${reading.table.rows} rows.`, '');
  for (const finding of findings) {
    const { title, next, chapter, preset } = advice[finding.id];
    lines.push(
      `### ${finding.severity === 'fault' ? 'Fault' : 'Note'}: ${title}`,
      '',
      `\`${finding.id}\`, confidence ${finding.confidence}, at ${placeOf(finding)}. ${plain(finding.told)}`,
      '',
      ...evidencePairs(finding).map(([name, value]) => `- ${name}: ${plain(value)}`),
      '',
      'Next:',
      '',
      ...next.map((step, index) => `${index + 1}. ${plain(step)}`),
      '',
      `[${chapter.title}](${site}${chapter.slug}/), [the same fault, live](${site}widgets/${preset.widget}/?preset=${preset.preset})`,
      '',
    );
  }
  lines.push(`Looked for: ${checked.map((id) => soughtNames[id]).join(', ')}.`, '');
  for (const { because, sought } of uncheckedByReason(report))
    lines.push(`Not checked, since ${because}: ${sought.join(', ')}.`, '');
  return lines.join('\n');
}
