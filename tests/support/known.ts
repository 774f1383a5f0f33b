import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import bibliography from '../../content/bibliography.json' with { type: 'json' };
import { widgets } from '../../src/registry/server';
import { root } from '../config/root';
import { slugOf, type Known } from './content';
import { filesUnder } from './files';

/** Every chapter and page of content/. */
export const contentFiles = filesUnder(['content'], /^[^_].*\.mdx$/);

/** Pages of the site that are no files of content/. */
const pages = readdirSync(`${root}src/pages`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.astro') && !name.includes('['))
  .map((name) => name.replaceAll('\\', '/').replace(/(\/index)?\.astro$/, ''));

/** What the chapters of this repository may refer to. */
export const known: Known = {
  components: readdirSync(`${root}src/site/mdx`)
    .filter((name) => name.endsWith('.astro'))
    .map((name) => basename(name, '.astro')),
  widgets,
  sources: bibliography.map(({ id }) => id),
  pages: [...contentFiles.map(({ path }) => slugOf(path)), ...pages],
};
