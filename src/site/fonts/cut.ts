/**
 * Cuts the typefaces of the book's text to what its pages use, and writes the files and the rules that name
 * them beside this one: the characters of every page in one file a face, the rest in files that a browser
 * loads where a text has such a character. Does nothing where all is up to date.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type subsetFont from 'subset-font';
import type { Plugin } from 'vite';
import {
  charactersOf,
  faces,
  fileOf,
  partsOf,
  ranges,
  type Face,
  type Part,
  weightsOf,
} from './faces.ts';
import { renamed } from './renamed.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const rules = join(folder, 'faces.generated.css');
const { resolve } = createRequire(import.meta.url);

const sourceOf = ({ sources }: Face, part: Part): string =>
  resolve(part === 'greek' ? sources.greek! : sources.latin);

const everyFile = faces.flatMap((face) => partsOf(face).map((part) => ({ face, part })));

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of ['cut.ts', 'faces.ts', 'renamed.ts'])
    hash.update(readFileSync(join(folder, name)));
  for (const { face, part } of everyFile) hash.update(readFileSync(sourceOf(face, part)));
  return hash.digest('hex').slice(0, 16);
}

/** Writes the files of every face, where one is not up to date. */
export async function cutFaces(): Promise<void> {
  const mark = `/* sources ${fingerprint()} */`;
  const files = everyFile.map(({ face, part }) => join(folder, fileOf(face, part)));
  if (
    existsSync(rules) &&
    readFileSync(rules, 'utf8').startsWith(mark) &&
    files.every((file) => existsSync(file))
  )
    return;
  const { default: subset } = await import('subset-font');
  for (const { face, part } of everyFile)
    write(join(folder, fileOf(face, part)), await cut(subset, face, part));
  write(rules, [mark, ...everyFile.map(({ face, part }) => ruleOf(face, part))].join('\n'));
}

/** Cuts the faces before Vite looks for them, where what they are cut from has changed. */
export const bookFaces = (): Plugin => ({ name: 'book-faces', config: cutFaces });

/** The file of one part of a face, as WOFF2. */
async function cut(subset: typeof subsetFont, face: Face, part: Part): Promise<Buffer> {
  const text = charactersOf(part).join('');
  const plain = await subset(readFileSync(sourceOf(face, part)), text, {
    targetFormat: 'sfnt',
    ...(typeof face.weight === 'object' && { variationAxes: { wght: face.weight } }),
  });
  return subset(renamed(plain), text, { targetFormat: 'woff2' });
}

function ruleOf(face: Face, part: Part): string {
  const { family, style } = face;
  return `@font-face {
  font-family: '${family}';
  font-style: ${style};
  font-weight: ${weightsOf(face)};
  font-display: swap;
  src: url('./${fileOf(face, part)}') format('woff2');
  unicode-range: ${ranges[part]};
}
`;
}

/** Two processes may write at once; a rename is atomic, so neither reads half a file. */
function write(target: string, contents: string | Buffer): void {
  const temporary = `${target}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, target);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await cutFaces();
