import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import bibliography from '../../content/bibliography.json' with { type: 'json' };
import outside from '../../content/outside-links.json' with { type: 'json' };
import { widgets } from '../../src/registry/server';
import { termSchema, type Term } from '../../src/site/glossary/term';
import { tellFact } from '../../src/site/facts';
import { readQuestion } from '../../src/site/predict/read';
import { root } from '../config/root';
import { anchorsOf, anchorsOfPage } from './anchors';
import { frontmatterOf, slugOf, type Known } from './content';
import { filesUnder } from './files';

const all = filesUnder(['content'], /^[^_].*\.mdx$/);
const isTerm = ({ path }: { path: string }) => path.startsWith('content/glossary/');

/** Every chapter and page of content/. */
export const contentFiles = all.filter((file) => !isTerm(file));

/** Every term of the glossary. */
export const termFiles = all.filter(isTerm);

/** Pages of the site that are no files of content/. */
const pages = readdirSync(`${root}src/pages`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.astro') && !name.includes('['))
  .map((name) => name.replaceAll('\\', '/'))
  .map((name) => [name.replace(/(\/index)?\.astro$/, ''), anchorsOfPage(name)] as const);

/** A term of the glossary; the sentence on a wrong one names its file. */
function readTerm(path: string, text: string): Term {
  const read = termSchema.safeParse(frontmatterOf(text));
  if (read.success) return read.data;
  throw new Error(`${path}: ${read.error.issues.map(({ message }) => message).join(' ')}`);
}

/** What the chapters of this repository may refer to. */
export const known: Known = {
  components: [
    ...readdirSync(`${root}src/site/mdx`)
      .filter((name) => name.endsWith('.astro'))
      .map((name) => basename(name, '.astro')),
    // A link that the build makes, without a file of its own.
    'Ref',
  ],
  widgets,
  sources: bibliography.map(({ id }) => id),
  terms: new Map(termFiles.map(({ path, text }) => [slugOf(path), readTerm(path, text)])),
  tell: (tag, attributes) => void tellFact(tag, attributes),
  ask: (attributes) => void readQuestion(attributes),
  pages: new Map([
    ...contentFiles.map(({ path, text }) => [slugOf(path), anchorsOf(text)] as const),
    ...pages,
  ]),
  outside: new Set(Object.keys(outside)),
};
