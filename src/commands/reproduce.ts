/**
 * `npm run reproduce [-- --seeds 10 --backend captured --only 7]`: trains one setting of each
 * phenomenon and writes the comparison with measurements made in PyTorch to
 * tests/golden/REPRODUCTION.md; with `--only` one section is printed, and nothing written. Fails where a
 * row disagrees, and names it.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLocalEngineService } from '../engine/node';
import { readOptions } from './reproduce/options';
import { consoleLine, disagreement, report } from './reproduce/report';
import { rowsOf, type Row } from './reproduce/rows';
import { sections } from './reproduce/sections';

const root = fileURLToPath(new URL('../../', import.meta.url));
const file = `${root}tests/golden/REPRODUCTION.md`;

export default async function reproduce(args: string[]): Promise<void> {
  const { seeds, backend, only } = readOptions(
    args,
    sections.map(({ section }) => section),
  );
  const service = createLocalEngineService(backend);
  const rows: Row[] = [];
  for (const section of sections) {
    if (only !== undefined && only !== section.section) continue;
    const started = performance.now();
    const found = await rowsOf(section, service, seeds);
    for (const row of found) console.log(consoleLine(row));
    console.log(`   ${((performance.now() - started) / 1000).toFixed(0)} s`);
    rows.push(...found);
  }
  service.close();
  // Written even where rows disagree, so that the file shows by how much.
  if (only === undefined) writeFileSync(file, report(rows, seeds, backend));
  const fault = disagreement(rows);
  if (fault !== null) throw new Error(fault);
}
