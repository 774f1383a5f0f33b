import type { APIRoute, GetStaticPaths } from 'astro';
import { FRAME_HEIGHT, framed, iframeCode, mainFigures } from '../../../embed/snippets';
import { getWidget, widgets } from '../../../registry/server';
import { siteAddress } from '../../../site/embed/address';
import { cardSize } from '../../../site/social/card';

/** The widget's answer in the oEmbed format (https://oembed.com), for sites that turn links into frames. */
export const getStaticPaths: GetStaticPaths = () =>
  [...widgets.keys()].map((id) => ({ params: { id } }));

const WIDTH = 720;

export const GET: APIRoute = ({ params, site: origin }) => {
  const widget = getWidget(params['id'] as string);
  const { id, title, version } = widget;
  const site = siteAddress(origin);
  const wanted = framed({ site, id, title, version, parameters: [] }, mainFigures(widget));
  return Response.json({
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'Gradient Lab',
    provider_url: site,
    html: iframeCode(wanted),
    width: WIDTH,
    height: FRAME_HEIGHT,
    thumbnail_url: `${site}embed/${id}/figure.png`,
    thumbnail_width: cardSize.width,
    thumbnail_height: cardSize.height,
  });
};
