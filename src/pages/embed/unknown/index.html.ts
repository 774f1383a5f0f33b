import type { APIRoute } from 'astro';
import { escape } from '../../../kit/charts/markup';
import { widgets } from '../../../registry/server';
import { pageUrl } from '../../../site/book/book';
import { embedPage, htmlResponse } from '../../../site/embed/page';

/** What a frame shows where a host's page names a widget that is not here. */
export const GET: APIRoute = ({ site }) => {
  const list = [...widgets.values()].map(
    ({ id, title }) =>
      `<li><a data-id="${id}" href="${pageUrl(`embed/${id}/`)}"><code translate="no">${id}</code></a>: ${escape(title)}</li>`,
  );
  const html = embedPage({
    title: 'No such widget · Gradient Lab',
    description: 'The page around this frame names a widget that Gradient Lab does not have.',
    canonical: new URL(pageUrl('embed/'), site).href,
    scripts: ['unknown.js'],
    body: `<main>
<p><strong id="sentence">There is no such widget.</strong> The widgets are:</p>
<ul>
${list.join('\n')}
</ul>
</main>
<footer>
<a href="${pageUrl('embed/')}" target="_blank" rel="noopener">How to embed figures of Gradient Lab</a>
</footer>`,
  });
  return htmlResponse(html);
};
