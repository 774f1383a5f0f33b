import type { APIRoute, GetStaticPaths } from 'astro';
import sharp from 'sharp';
import { colour } from '../../../kit/charts/colours';
import { widgets } from '../../../registry/server';
import { figureSvg } from '../../../site/embed/figure';
import { cardSize } from '../../../site/social/card';

/** The picture that other sites show beside a link to a figure: its first chart, from the recorded run. */
export const getStaticPaths: GetStaticPaths = () =>
  [...widgets.keys()].map((id) => ({ params: { id } }));

/** Dots an inch at which a saved figure, 600 pixels wide, is about as wide as the picture. */
const DENSITY = 144;

export const GET: APIRoute = async ({ params, site }) => {
  const svg = figureSvg({ id: params['id'] as string, site, theme: 'light' });
  const png = await sharp(Buffer.from(svg), { density: DENSITY })
    .resize({ ...cardSize, fit: 'contain', background: colour('paper', 'light') })
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'Content-Type': 'image/png' } });
};
