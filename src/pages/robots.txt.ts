import type { APIRoute } from 'astro';
import { pageUrl } from '../site/book/book';

/** Everything may be read; the address of the sitemap depends on where the site stands. */
export const GET: APIRoute = ({ site }) => {
  const lines = ['User-agent: *', 'Allow: /'];
  if (site) lines.push(`Sitemap: ${new URL(pageUrl('sitemap-index.xml'), site)}`);
  return new Response(`${lines.join('\n')}\n`);
};
