import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { faces, fileOf, ranges, weightsOf, type Part } from '../site/fonts/faces.ts';

/** The parts that embeds have: English, numbers and units, and the Greek letters of formulas and names. */
const PARTS: readonly Part[] = ['greek', 'core'];

const folder = fileURLToPath(new URL('../site/fonts/', import.meta.url));

/**
 * The script that gives an embed page the face of its text. The font is in the script itself: in a frame of opaque
 * origin a browser refuses a font by its address, for want of a header that plain hosts do not send. From bytes
 * at hand a face is there at once, so that the first picture has it and nothing moves; from a `data:` address
 * in a sheet it comes after that picture.
 */
export function embedFonts(): string {
  const sans = faces.find(({ name }) => name === 'sans')!;
  const parts = PARTS.map((part) => ({
    range: ranges[part],
    font: readFileSync(folder + fileOf(sans, part)).toString('base64'),
  }));
  return `'use strict';
for (const { range, font } of ${JSON.stringify(parts)})
  document.fonts.add(
    new FontFace('${sans.family}', Uint8Array.from(atob(font), (one) => one.charCodeAt(0)), {
      weight: '${weightsOf(sans)}',
      unicodeRange: range,
    }),
  );
`;
}
