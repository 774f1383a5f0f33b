import type { APIRoute, GetStaticPaths } from 'astro';
import type { Component, ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { escape } from '../../../kit/charts/markup';
import { defaults } from '../../../kit/codec';
import StandardView from '../../../kit/StandardView.svelte';
import type { AnyWidget } from '../../../kit/widget';
import { getRecording, getWidget, widgets } from '../../../registry/server';
import { pageUrl } from '../../../site/book/book';
import { embedPage, htmlResponse, licence } from '../../../site/embed/page';

/** The bare page of one widget, for frames in other sites. */
export const getStaticPaths: GetStaticPaths = () =>
  [...widgets.keys()].map((id) => ({ params: { id } }));

export const GET: APIRoute = async ({ params, site }) => {
  const widget = getWidget(params['id'] as string);
  const chapter = pageUrl(`${widget.chapter}/`);
  const page = pageUrl(`widgets/${widget.id}/`);
  const builder = pageUrl(`embed/?widget=${widget.id}`);
  const title = escape(widget.title);
  const still =
    widget.kind === 'training'
      ? 'The figure shows a recorded run. To train the network here, switch JavaScript on.'
      : widget.kind === 'survey'
        ? 'The figure shows a recorded run. To run it here, switch JavaScript on.'
        : 'To change the settings here, switch JavaScript on.';
  const html = embedPage({
    title: `${widget.title} · Gradient Lab`,
    description: widget.summary,
    canonical: new URL(chapter, site).href,
    head: [
      `<meta property="og:title" content="${title}">`,
      `<meta property="og:image" content="${new URL(pageUrl(`embed/${widget.id}/figure.png`), site).href}">`,
      '<meta name="twitter:card" content="summary_large_image">',
    ],
    scripts: [`widgets/${widget.id}.js`, 'frame.js'],
    // The build leaves this one out where the widget has no styles of its own.
    sheets: [`widgets/${widget.id}.css`],
    body: `<main id="widget" data-id="${widget.id}" data-page="${page}" data-builder="${builder}">
${await stillFigure(widget)}
<p class="still">${still}</p>
</main>
<footer>
<a href="${chapter}" target="_blank" rel="noopener">${title}, explained in Gradient Lab</a>
· text and figures <a href="${licence.url}" target="_blank" rel="noopener license">${licence.name}</a>
</footer>`,
  });
  return htmlResponse(html);
};

/** The widget as a still figure of its default run. */
async function stillFigure(widget: AnyWidget): Promise<string> {
  const view = widget.view ? (await widget.view()).default : StandardView;
  const { body } = await render(view as Component<ComponentProps<typeof StandardView>>, {
    props: {
      widget,
      settings: defaults(widget.params),
      recording: getRecording(widget.id, ''),
    },
  });
  return body;
}
