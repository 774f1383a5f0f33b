import { describe, expect, test } from 'vitest';
import bibliography from '../../content/bibliography.json' with { type: 'json' };
import days from '../../content/outside-links.json' with { type: 'json' };
import type { Source } from '../../src/site/citations/bibliography';
import { outsideLinks, outsideLinksIn } from '../../src/site/links/outside';
import { frontmatterOf } from '../support/content';
import { contentFiles } from '../support/known';

const sources = bibliography as Source[];
const pages = contentFiles.map(({ text }) => ({
  title: (frontmatterOf(text) as { title: string }).title,
  text,
}));

describe('content/outside-links.json', () => {
  test('lists every address outside that pages and sources lead to, and no other', () => {
    const found = outsideLinks(pages, sources, days).map(({ url }) => url);
    expect(Object.keys(days)).toEqual(found);
  });

  test.each(Object.entries(days))('says of %s when it was listed', (_, day) => {
    expect(day).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
  });
});

describe('links to the outside', () => {
  test('are found in text, with their lines, and not in code or in links within the site', () => {
    const text =
      'See [a](https://example.org/a) and `[b](https://example.org/b)`.\n\n[c](../c/)\n\n[d](https://example.org/d)\n';
    expect(outsideLinksIn(text)).toEqual([
      { url: 'https://example.org/a', line: 1 },
      { url: 'https://example.org/d', line: 5 },
    ]);
  });

  test('are told once each, with all that lead there and the day of the list', () => {
    const source = {
      id: 'x',
      type: 'book',
      title: 'X',
      author: [{ family: 'Doe' }],
      issued: { 'date-parts': [[2001]] },
      URL: 'https://example.org/a',
    };
    const page = { title: 'One', text: '[a](https://example.org/a), [b](https://example.org/b)' };
    expect(outsideLinks([page], [source], { 'https://example.org/a': '2026-01-02' })).toEqual([
      { url: 'https://example.org/a', from: ['One', 'Doe (2001)'], listed: '2026-01-02' },
      { url: 'https://example.org/b', from: ['One'], listed: undefined },
    ]);
  });
});
