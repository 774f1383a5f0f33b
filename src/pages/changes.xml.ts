import { readFileSync } from 'node:fs';
import rss from '@astrojs/rss';
import type { APIRoute } from 'astro';
import { changesIn, nameOf } from '../site/machine/changes';
import { fullAddress } from '../site/machine/pages';

/** The changelog as a feed. */
export const GET: APIRoute = ({ site }) =>
  rss({
    title: 'Gradient Lab: changes',
    description: 'New chapters, figures and corrections of Gradient Lab.',
    site: fullAddress(site, ''),
    items: changesIn(readFileSync('CHANGELOG.md', 'utf8')).map(
      ({ version, date, title, text }) => ({
        title,
        description: `${version}: ${text}`,
        // All changes are changes of the site; without a name of its own each would pass for the others.
        link: `${fullAddress(site, '')}#${nameOf(text)}`,
        ...(date ? { pubDate: date } : {}),
      }),
    ),
  });
