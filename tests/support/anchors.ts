import { readFileSync } from 'node:fs';
import Slugger from 'github-slugger';
import { mdxToMdast } from 'satteri';
import { root } from '../config/root.ts';
import { isElement, nodesOf, propsOf, textOf } from './mdx.ts';

/** Components whose id names something else than their own place. */
const NAMING = ['Cite', 'Measured', 'Term', 'Widget'];

/** What a link into a chapter may lead to: its headings, its claims, and whatever bears an id. */
export function anchorsOf(text: string): Set<string> {
  const slugger = new Slugger();
  const tree = mdxToMdast(text, { features: { math: true, frontmatter: true } });
  return new Set(
    nodesOf(tree).flatMap((node) => {
      if (node.type === 'heading') return [slugger.slug(textOf(node))];
      if (!isElement(node) || NAMING.includes(node.name ?? '')) return [];
      const { id } = propsOf(node);
      if (typeof id !== 'string') return [];
      return [node.name === 'Claim' ? `claim-${id}` : id];
    }),
  );
}

/**
 * The ids that a page of src/pages names; null where it computes some, which the built site's test
 * then knows.
 */
export function anchorsOfPage(name: string): Set<string> | null {
  const text = readFileSync(`${root}src/pages/${name}`, 'utf8');
  if (/\sid=\{/.test(text)) return null;
  return new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!));
}
