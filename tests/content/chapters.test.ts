import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import bibliography from '../../content/bibliography.json' with { type: 'json' };
import { widgets } from '../../src/registry/server';
import { root } from '../config/root';
import { frontmatterOf, problemsOf, slugOf, type Known } from '../support/content';
import { filesUnder } from '../support/files';

const files = filesUnder(['content'], /^[^_].*\.mdx$/);
const pages = readdirSync(`${root}src/pages`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.astro') && !name.includes('['))
  .map((name) => name.replaceAll('\\', '/').replace(/(\/index)?\.astro$/, ''));

const known: Known = {
  components: readdirSync(`${root}src/site/mdx`)
    .filter((name) => name.endsWith('.astro'))
    .map((name) => basename(name, '.astro')),
  widgets,
  sources: bibliography.map(({ id }) => id),
  pages: [...files.map(({ path }) => slugOf(path)), ...pages],
};

describe('content', () => {
  test('has chapters', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test.each(files.map(({ path, text }) => [path, text]))('%s is sound', (path, text) => {
    expect(problemsOf(path, text, known)).toEqual([]);
  });

  test('has no two chapters in the same place of the book', () => {
    const orders = files
      .map(({ text }) => (frontmatterOf(text) as { order?: number }).order)
      .filter((order) => order !== undefined);
    expect(orders).toEqual([...new Set(orders)]);
  });

  test('cites every source of the bibliography that it lists only once', () => {
    const ids = bibliography.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});
