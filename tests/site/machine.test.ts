import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { expect, originOf, pages, site } from '../support/site.ts';

const read = (path: string) => readFileSync(join(site.dir, path), 'utf8');

test('llms.txt leads to every chapter as Markdown', () => {
  const links = [...read('llms.txt').matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => new URL(link!));
  const texts = links.filter(({ pathname }) => pathname.endsWith('.md'));
  expect(texts.length).toBeGreaterThan(5);
  for (const { origin, pathname } of links) {
    expect(origin).toBe(originOf(site.dir));
    expect(existsSync(join(site.dir, pathname)), pathname).toBe(true);
  }
});

test('a chapter as Markdown has its numbers, formulas and sources, and no component', () => {
  const texts = pages
    .map((path) => path.replace(/\/$/, '.md'))
    .filter((path) => existsSync(join(site.dir, path)) && path.endsWith('.md'));
  expect(texts.length).toBeGreaterThan(5);
  for (const path of texts) {
    const prose = read(path).replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
    expect(prose.match(/<\/?[A-Z]\w*/g) ?? [], path).toEqual([]);
    expect(prose).toMatch(/^# .+\n\n> .+\n/);
  }
  const chapter = read('vanishing-gradients.md');
  expect(chapter).toMatch(/training loss ended at 0\.\d+/);
  expect(chapter).toContain('\\sqrt{\\chi}');
  expect(chapter).toContain('## References\n\n- ');
  expect(chapter).toMatch(/\*\*Figure 1: .+\*\* .+ \[Run it\]\(/);
});

test('the feed tells the changes', () => {
  const feed = read('changes.xml');
  expect(feed).toContain('<rss version="2.0"');
  const links = [...feed.matchAll(/<guid[^>]*>([^<]+)</g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(3);
  expect(new Set(links).size).toBe(links.length);
});

test('the site under a sub-path gives addresses under it', () => {
  const text = readFileSync(join(site.subDir, 'llms.txt'), 'utf8');
  expect(text).toContain(`${originOf(site.subDir)}${site.subPath}vanishing-gradients.md`);
  const base = `${originOf(site.subDir)}${site.subPath}`;
  const chapter = readFileSync(join(site.subDir, 'weight-initialization.md'), 'utf8');
  const links = [...chapter.replace(/`[^`]*`/g, '').matchAll(/\]\((?!#)([^)]+)\)/g)].map(
    ([, link]) => link!,
  );
  const own = links.filter((link) => !/^https?:/.test(link) || link.startsWith(base));
  expect(own.length).toBeGreaterThan(3);
  for (const link of own) {
    expect(link).toContain(base);
    const path = new URL(link).pathname.slice(site.subPath.length);
    expect(existsSync(join(site.subDir, path)), link).toBe(true);
  }
});
