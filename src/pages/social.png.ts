import type { APIRoute } from 'astro';
import sharp from 'sharp';
import { colour } from '../kit/charts/colours';
import { cardMargin, cardSvg } from '../site/social/card';

/** The picture beside links to the site, drawn from the recorded runs when the site is built. */
export const GET: APIRoute = async () => {
  const [title, line] = await Promise.all([
    words('Gradient Lab', 52, colour('ink', 'dark')),
    words(
      'Vanishing and exploding gradients, in networks that train in your browser.',
      24,
      colour('ink-soft', 'dark'),
    ),
  ]);
  const png = await sharp(Buffer.from(cardSvg()))
    .composite([
      { input: title, left: cardMargin, top: 44 },
      { input: line, left: cardMargin, top: 112 },
    ])
    .png({ compressionLevel: 9 })
    .toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'Content-Type': 'image/png' } });
};

/** A line as a picture, in the sans-serif of the machine that builds. */
const words = (text: string, size: number, fill: string): Promise<Buffer> =>
  sharp({
    text: {
      text: `<span foreground="${fill}">${text}</span>`,
      font: `Source Sans 3, sans ${size}`,
      dpi: 72,
      rgba: true,
    },
  })
    .png()
    .toBuffer();
