import { defineRouteMiddleware, type StarlightRouteData } from '@astrojs/starlight/route-data';
import { usedComponents } from '../build/mdx-components';
import { chapterUrl, pageUrl, readBook, readPages } from './book';
import { lastUpdated } from './last-updated';

type SidebarEntry = StarlightRouteData['sidebar'][number];
type Link = Extract<SidebarEntry, { type: 'link' }>;

/** Fills Starlight's navigation from the chapters, and dates pages by their last commit. */
export const onRequest = defineRouteMiddleware(async (context) => {
  const route = context.locals.starlightRoute;
  const here = context.url.pathname;
  const link = (label: string, href: string): Link => ({
    type: 'link',
    label,
    href,
    isCurrent: href === here,
    badge: undefined,
    attrs: {},
  });
  const group = (label: string, entries: Link[]): SidebarEntry => ({
    type: 'group',
    label,
    entries,
    collapsed: false,
    badge: undefined,
  });

  const parts = (await readBook()).map(({ name, chapters }) => ({
    name,
    links: chapters.map(({ id, data }) => link(data.title, chapterUrl(id))),
  }));
  const pages = await readPages();
  route.sidebar = [
    ...parts.map(({ name, links }) => group(name, links)),
    group('Look up', [
      link('All figures', pageUrl('widgets/')),
      link('Glossary', pageUrl('glossary/')),
      link('Bibliography', pageUrl('bibliography/')),
      ...pages
        .filter(({ data }) => data.kind === 'page' && !data.forAuthors)
        .map(({ id, data }) => link(data.title, chapterUrl(id))),
    ]),
    group('Your own', [
      link('Check-up: bring your own run', pageUrl('checkup/')),
      link('For authors', pageUrl('for-authors/')),
    ]),
  ];

  const chapters = parts.flatMap(({ links }) => links);
  const index = chapters.findIndex(({ isCurrent }) => isCurrent);
  route.pagination =
    index === -1
      ? { prev: undefined, next: undefined }
      : { prev: chapters[index - 1], next: chapters[index + 1] };

  const { filePath, body } = route.entry;
  if (route.toc && body) {
    const used = usedComponents(body, ['Summary', 'Cite', 'Claim', 'ClaimList']);
    const add = (slug: string, text: string) =>
      route.toc?.items.push({ depth: 2, slug, text, children: [] });
    if (used.includes('Summary')) add('summary', 'Summary');
    if (['Cite', 'Claim', 'ClaimList'].some((name) => used.includes(name)))
      add('references', 'References');
  }
  if (filePath) route.lastUpdated ??= lastUpdated(filePath);
});
