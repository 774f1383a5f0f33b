import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { citedIds, findSource, type Source } from '../../../src/site/citations/bibliography.ts';
import {
  formatEntry,
  shortAuthors,
  sorted,
  yearLabel,
} from '../../../src/site/citations/format.ts';
import { citationCheck } from '../../../src/site/citations/plugin.ts';
import { compile } from './compile.ts';

const source = (
  id: string,
  families: string[],
  year: number,
  more: Partial<Source> = {},
): Source => ({
  id,
  type: 'article-journal',
  title: `On ${id}`,
  author: families.map((family) => ({ family, given: 'Ann Bea' })),
  issued: { 'date-parts': [[year]] },
  ...more,
});

describe('a citation in the text', () => {
  test('names one author, two, or the first of many', () => {
    expect(shortAuthors(source('a', ['Able'], 2000))).toBe('Able');
    expect(shortAuthors(source('a', ['Able', 'Baker'], 2000))).toBe('Able & Baker');
    expect(shortAuthors(source('a', ['Able', 'Baker', 'Carr'], 2000))).toBe('Able et al.');
  });

  test('tells works of one year apart by letters', () => {
    const all = [
      source('x', ['Able'], 2016),
      source('y', ['Able'], 2016),
      source('z', ['Able'], 2017),
    ];
    expect(all.map((one) => yearLabel(one, all))).toEqual(['2016a', '2016b', '2017']);
    const undated: Source = { id: 'notes', type: 'article', title: 'Notes', author: [] };
    expect(yearLabel(undated, [undated, { ...undated, id: 'more' }])).toBe('n.d.');
  });

  test('may name several sources', () => {
    expect(citedIds('a,b  c')).toEqual(['a', 'b', 'c']);
  });
});

describe('a list of references', () => {
  test('is in the order of authors, then years', () => {
    const all = [
      source('b', ['Baker'], 1990),
      source('a2', ['Able'], 2001),
      source('a1', ['Able'], 1999),
    ];
    expect(sorted(all).map(({ id }) => id)).toEqual(['a1', 'a2', 'b']);
  });

  test('gives authors, journal, volume, pages and address', () => {
    const entry = formatEntry(
      source('x', ['Able', 'Baker'], 1999, {
        'container-title': 'Journal of Examples',
        volume: '5',
        issue: '2',
        page: '1-9',
        DOI: '10.1000/x',
      }),
      [],
    );
    expect(entry).toMatchObject({
      authors: 'Able, A. B. & Baker, A. B.',
      year: '1999',
      container: 'Journal of Examples',
      details: '5(2), 1–9',
      href: 'https://doi.org/10.1000/x',
    });
  });

  test('can be made of every source of the bibliography', () => {
    const all = JSON.parse(readFileSync('content/bibliography.json', 'utf8')) as Source[];
    for (const one of all) {
      const entry = formatEntry(one, all);
      expect(entry.authors, one.id).not.toMatch(/undefined|^$/);
      expect(entry.year, one.id).toMatch(/^(\d{4}[a-z]?|n\.d\.)$/);
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const labels = all.map((one) => `${shortAuthors(one)} ${yearLabel(one, all)}`);
    expect(new Set(labels).size).toBe(all.length);
  });
});

describe('an unknown source', () => {
  test('is refused with the known ids', () => {
    expect(() =>
      findSource([source('a', ['Able'], 2000), source('b', ['Able'], 2001)], 'c'),
    ).toThrow('<Cite id="c"> names no source of content/bibliography.json. Known ids: a, b.');
  });

  test('stops the build with file, line and column', () => {
    expect(() => compile('\n\nAs shown <Cite id="nosuch2000" />.', citationCheck)).toThrow(
      /^content\/example\.mdx:3:10: <Cite id="nosuch2000"> .* Known ids: .*glorot2010/,
    );
  });

  test('is found among several', () => {
    expect(() => compile('See <Cite ids="glorot2010,nosuch" />.', citationCheck)).toThrow(
      /^content\/example\.mdx:1:5: <Cite id="nosuch">/,
    );
  });

  test('is missed when no id is given', () => {
    expect(() => compile('See <Cite />.', citationCheck)).toThrow(
      /^content\/example\.mdx:1:5: <Cite> needs an id/,
    );
  });

  test('is not found in what is right', () => {
    expect(() => compile('See <Cite id="glorot2010" />.', citationCheck)).not.toThrow();
  });
});
