import type { APIRoute, GetStaticPaths } from 'astro';
import type { Component, ComponentProps } from 'svelte';
import { render } from 'svelte/server';
import { escape } from '../../../kit/charts/markup';
import { defaults } from '../../../kit/codec';
import StandardView from '../../../kit/StandardView.svelte';
import type { AnyWidget } from '../../../kit/widget';
import { getRecording, getWidget, widgets } from '../../../registry/server';
import { pageUrl } from '../../../site/book/book';

/**
 * The bare page of one widget. It is written here and not as an Astro page, since Astro adds module
 * scripts, which a frame of opaque origin may not load.
 */
export const getStaticPaths: GetStaticPaths = () =>
  [...widgets.keys()].map((id) => ({ params: { id } }));

/** In a frame of opaque origin, Chromium and Firefox take 'self' for the origin of the page's address. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src blob: 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
].join('; ');

const licence = 'https://creativecommons.org/licenses/by/4.0/';

export const GET: APIRoute = async ({ params, site }) => {
  const widget = getWidget(params['id'] as string);
  const chapter = pageUrl(`${widget.chapter}/`);
  const title = escape(widget.title);
  const still =
    widget.kind === 'training'
      ? 'The figure shows a recorded run. To train the network here, switch JavaScript on.'
      : widget.kind === 'survey'
        ? 'The figure shows a recorded run. To run it here, switch JavaScript on.'
        : 'To change the settings here, switch JavaScript on.';
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Gradient Lab</title>
<meta name="description" content="${escape(widget.summary)}">
<link rel="canonical" href="${new URL(chapter, site).href}">
<link rel="icon" href="${pageUrl('favicon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${pageUrl('embed/frame.css')}">
<script src="${pageUrl('embed/frame.js')}" defer></script>
</head>
<body>
<main id="widget" data-id="${widget.id}" data-chapter="${chapter}">
${await stillFigure(widget)}
<p class="still">${still}</p>
</main>
<footer>
<a href="${chapter}" target="_blank" rel="noopener">${title}, explained in Gradient Lab</a>
· text and figures <a href="${licence}" target="_blank" rel="noopener license">CC BY 4.0</a>
</footer>
</body>
</html>
`;
  return new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
};

/** The widget as a still figure of its default run; its styles stand in the embeds' one style sheet. */
async function stillFigure(widget: AnyWidget): Promise<string> {
  const view = widget.view ? (await widget.view()).default : StandardView;
  const { body } = await render(view as Component<ComponentProps<typeof StandardView>>, {
    props: {
      widget,
      values: defaults(widget.params),
      recording: getRecording(widget.id, ''),
    },
  });
  return body;
}
