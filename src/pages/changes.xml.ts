import { readFileSync } from 'node:fs';
import rss from '@astrojs/rss';
import type { APIRoute } from 'astro';
import { changesIn } from '../site/machine/changes';
import { fullAddress } from '../site/machine/pages';

/** The changelog as a feed. */
export const GET: APIRoute = ({ site }) =>
  rss({
    title: 'Gradient Lab: changes',
    description: 'New chapters, figures and corrections of Gradient Lab.',
    site: fullAddress(site, ''),
    items: changesIn(readFileSync('CHANGELOG.md', 'utf8')).map(({ version, date, text }) => ({
      title: text.split(/(?<=[.:]) /)[0] ?? text,
      description: `${version}: ${text}`,
      link: fullAddress(site, ''),
      ...(date ? { pubDate: date } : {}),
    })),
  });
