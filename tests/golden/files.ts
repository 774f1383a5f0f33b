import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GoldenCase, GoldenFile } from '../../src/engine/golden/case';
import { parse } from '../../src/engine/json';

/** Folder of the reference vectors. */
export const goldenDir = process.env['GOLDEN_DIR'] ?? new URL('.', import.meta.url).pathname;

/** Every case of every file of the folder. Throws where a file is of another format, or none is there. */
export function goldenCases(): GoldenCase[] {
  const files = readdirSync(goldenDir).filter((name) => name.endsWith('.json'));
  const cases = files.flatMap((name) => {
    const file = parse(readFileSync(join(goldenDir, name), 'utf8')) as GoldenFile;
    if (file.format !== 'vanish-golden-1') {
      throw new Error(`${name} is of format ${file.format}; this test reads vanish-golden-1.`);
    }
    return file.cases ?? [];
  });
  if (cases.length === 0) throw new Error(`${goldenDir} holds no reference cases.`);
  return cases;
}
