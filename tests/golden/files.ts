import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contentsOf, type Contents } from './contents';

/** The reference vectors that belong to the repository, whatever `GOLDEN_DIR` says. */
export const ownFolder = fileURLToPath(new URL('.', import.meta.url));

/** The folder whose reference vectors `npm run test:golden` tries: `GOLDEN_DIR`, or this one. */
export const givenFolder = process.env['GOLDEN_DIR'] || ownFolder;

/** Every case and table of a folder's files. Throws a sentence where `contentsOf` does. */
export function readFolder(folder: string): Contents {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  return contentsOf(files, folder);
}
