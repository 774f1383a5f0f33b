import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { htmlToHast, type HastNode } from 'satteri';
import { expect, originOf, site } from '../support/site.ts';

interface Page {
  path: string;
  ids: Set<string>;
  links: string[];
}

/** Every HTML file of a built site: the ids it holds and all that it links to or loads. */
function read(dir: string): Page[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .map((name) => {
      const page: Page = {
        path: name.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1'),
        ids: new Set(),
        links: [],
      };
      const walk = (node: HastNode): void => {
        if (node.type === 'element') {
          const { id, href, src, srcSet, poster, rel } = node.properties;
          if (typeof id === 'string') page.ids.add(id);
          // Starlight gives the page for what is not there the address of a page that is not there.
          const canonical = name === '404.html' && String(rel).includes('canonical');
          for (const link of canonical ? [] : [href, src, poster])
            if (typeof link === 'string') page.links.push(link);
          if (typeof srcSet === 'string')
            page.links.push(...srcSet.split(',').map((entry) => entry.trim().split(/\s/)[0]!));
        }
        if ('children' in node) for (const child of node.children) walk(child as HastNode);
      };
      walk(htmlToHast(readFileSync(join(dir, name), 'utf8')));
      return page;
    });
}

/** Sentences on links that lead nowhere. `base` is the path under which the folder is served. */
function broken(dir: string, base: string): string[] {
  const pages = read(dir);
  const origin = originOf(dir);
  const byPath = new Map(pages.map((page) => [page.path, page]));
  return pages.flatMap((page) =>
    page.links.flatMap((link) => {
      const url = new URL(link, new URL(base + page.path, origin));
      if (url.origin !== origin)
        return /^(https|mailto|data|blob):$/.test(url.protocol)
          ? []
          : [`${page.path}: ${link} is no https address`];
      if (!url.pathname.startsWith(base)) return [`${page.path}: ${link} leaves ${base}`];
      const path = decodeURIComponent(url.pathname.slice(base.length));
      const target = byPath.get(path);
      if (target) {
        const anchor = decodeURIComponent(url.hash.slice(1));
        return anchor === '' || anchor === '_top' || target.ids.has(anchor)
          ? []
          : [`${page.path}: ${link} names no id of /${path}`];
      }
      if (byPath.has(`${path}/`)) return [`${page.path}: ${link} lacks the slash at its end`];
      return existsSync(join(dir, path)) && path !== ''
        ? []
        : [`${page.path}: ${link} leads nowhere`];
    }),
  );
}

test('every link of the site resolves, anchors included', () => {
  expect(read(site.dir).flatMap(({ links }) => links).length).toBeGreaterThan(50);
  expect([...new Set(broken(site.dir, '/'))]).toEqual([]);
});

test('every link of the site under a sub-path stays under it and resolves', () => {
  expect([...new Set(broken(site.subDir, site.subPath))]).toEqual([]);
});
