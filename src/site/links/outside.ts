import { mdxToMdast } from 'satteri';
import { walk } from '../build/mdast.ts';
import type { Source } from '../citations/bibliography.ts';
import { address, shortAuthors, yearLabel } from '../citations/format.ts';

/** An address outside the site, and what leads to it. */
export interface OutsideLink {
  url: string;
  /** Titles of pages, and sources as they are cited. */
  from: string[];
  /** The day on which it was listed, such as 2026-11-23; undefined where the list does not say. */
  listed: string | undefined;
}

/** The addresses outside the site to which a page's text links, each with its line. */
export function outsideLinksIn(text: string): { url: string; line: number }[] {
  const found: { url: string; line: number }[] = [];
  const tree = mdxToMdast(text, { features: { math: true, frontmatter: true }, position: true });
  walk(tree, (node) => {
    if (node.type === 'link' && /^https?:/.test(node.url))
      found.push({ url: node.url, line: node.position?.start.line ?? 1 });
  });
  return found;
}

/**
 * Every address outside the site that pages and sources lead to, in the order of the addresses.
 *
 * @param days content/outside-links.json: the day of each address.
 */
export function outsideLinks(
  pages: readonly { title: string; text: string }[],
  sources: readonly Source[],
  days: Readonly<Record<string, string>>,
): OutsideLink[] {
  const from = new Map<string, Set<string>>();
  const add = (url: string, name: string) => from.set(url, (from.get(url) ?? new Set()).add(name));
  for (const { title, text } of pages) for (const { url } of outsideLinksIn(text)) add(url, title);
  for (const source of sources) {
    const url = address(source);
    if (url) add(url, `${shortAuthors(source)} (${yearLabel(source, sources)})`);
  }
  return [...from]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([url, names]) => ({ url, from: [...names], listed: days[url] }));
}
