import { OWN_NAME, RESERVED } from './faces.ts';

/** Where an OpenType file's table of tables begins, and what an entry of it takes. */
const DIRECTORY = 12;
const ENTRY = 16;

/**
 * An OpenType font whose names begin with `OWN_NAME` where they began with the name that its licence
 * reserves; the notice of copyright, which says so, stays as it is. The sums over tables are not mended,
 * since WOFF2 keeps none: what unpacks it computes them.
 */
export function renamed(font: Buffer): Buffer {
  const copy = Buffer.from(font);
  const names = tableOf(copy, 'name');
  for (const encoding of ['latin1', 'utf16be'] as const)
    for (const typeface of ['Serif', 'Sans'])
      for (const gap of ['', ' ']) {
        const old = encoded(`${RESERVED}${gap}${typeface}`, encoding);
        const own = encoded(`${OWN_NAME}${gap}${typeface}`, encoding);
        for (let at = names.indexOf(old); at >= 0; at = names.indexOf(old, at + 1))
          own.copy(names, at);
      }
  return copy;
}

function encoded(text: string, encoding: 'latin1' | 'utf16be'): Buffer {
  return encoding === 'latin1'
    ? Buffer.from(text, 'latin1')
    : Buffer.from(text, 'utf16le').swap16();
}

/** The part of a font's memory that holds one of its tables. */
function tableOf(font: Buffer, tag: string): Buffer {
  for (let k = 0; k < font.readUInt16BE(4); k++) {
    const entry = DIRECTORY + k * ENTRY;
    if (font.toString('latin1', entry, entry + 4) !== tag) continue;
    const offset = font.readUInt32BE(entry + 8);
    return font.subarray(offset, offset + font.readUInt32BE(entry + 12));
  }
  throw new Error(`The font has no table “${tag}”.`);
}
