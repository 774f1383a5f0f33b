/** The faces of the book's text, and the parts that each is cut into. */

/** What one file holds: the characters of the book's own text, further Latin ones, or Greek letters. */
export type Part = 'core' | 'latin' | 'greek';

export interface Face {
  name: string;
  family: string;
  style: 'normal' | 'italic';
  /** The weights that pages use, of all that a variable face has; else its only one. */
  weight: number | { min: number; max: number };
  /** Files of the typeface's package, by the set of characters that they hold. */
  sources: { latin: string; greek?: string };
}

/**
 * The licence of both typefaces reserves the name “Source” for the faces as their makers publish them. What
 * is cut goes by another of the same length.
 */
export const RESERVED = 'Source';
export const OWN_NAME = 'Gradus';

const variable = { min: 400, max: 700 };

export const faces: readonly Face[] = [
  {
    name: 'serif',
    family: `${OWN_NAME} Serif`,
    style: 'normal',
    weight: variable,
    sources: {
      latin: '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
      greek: '@fontsource-variable/source-serif-4/files/source-serif-4-greek-wght-normal.woff2',
    },
  },
  {
    name: 'serif-italic',
    family: `${OWN_NAME} Serif`,
    style: 'italic',
    // At less than half the bytes of all weights.
    weight: 400,
    sources: { latin: '@fontsource/source-serif-4/files/source-serif-4-latin-400-italic.woff2' },
  },
  {
    name: 'sans',
    family: `${OWN_NAME} Sans`,
    style: 'normal',
    weight: variable,
    sources: {
      latin: '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
      greek: '@fontsource-variable/source-sans-3/files/source-sans-3-greek-wght-normal.woff2',
    },
  },
];

/**
 * The characters of each part, as a style sheet writes them. `core` has those of English, of numbers and of
 * units, which every page needs; `latin` holds the rest of its range, accents of names among it; `greek`
 * the letters without accents.
 */
export const ranges: Record<Part, string> = {
  core: 'U+0020-007E, U+00A0, U+00B0-00B9, U+00BD, U+00D7, U+2013-2014, U+2018-201D, U+2026, U+2032-2033, U+2212',
  latin:
    'U+00A1-00FF, U+0131, U+0152-0153, U+02C6-02DC, U+2002-2009, U+201E-2022, U+2039-2044, U+20AC, U+2122, U+2191-2193',
  greek: 'U+0391-03A9, U+03B1-03C9',
};

/** The characters that the file of a part holds, where its typeface has them. */
export function charactersOf(part: Part): string[] {
  const inside = ranges[part].split(', ').flatMap((range) => {
    const [first = 0, last = first] = range
      .slice('U+'.length)
      .split('-')
      .map((code) => parseInt(code, 16));
    return Array.from({ length: last - first + 1 }, (_, k) => String.fromCodePoint(first + k));
  });
  if (part !== 'latin') return inside;
  const core = new Set(charactersOf('core'));
  return inside.filter((character) => !core.has(character));
}

/** The files of a face, as rules name them: of two whose ranges hold a character, a browser takes the last. */
export const partsOf = ({ sources }: Face): Part[] =>
  sources.greek === undefined ? ['latin', 'core'] : ['latin', 'greek', 'core'];

/** The weights of a face as style sheets name them: `400`, or from one to another, `400 700`. */
export const weightsOf = ({ weight }: Face): string =>
  typeof weight === 'object' ? `${weight.min} ${weight.max}` : String(weight);

/** Name of the file of a part, beside the style sheet. */
export const fileOf = ({ name }: Face, part: Part): string => `${name}-${part}.generated.woff2`;
