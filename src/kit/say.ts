import { formatCount, formatFixed, formatNumber, formatPercent } from './format';
import { wordsFor, type Words } from './words';

/**
 * How a reader's language is spoken: the kit's words, and numbers as that language writes them. Sentences,
 * labels and captions get it handed over, so nothing that a widget declares names a locale.
 */
export interface Say {
  words: Words;
  /** A number to so many significant digits (default 3). */
  number(value: number, digits?: number): string;
  /** A number to so many decimals; `signed` writes a plus sign before what is above 0. */
  fixed(value: number, decimals: number, signed?: boolean): string;
  /** A share from 0 to 1 as a percentage. */
  percent(share: number): string;
  /** A whole count. */
  count(count: number): string;
}

/** A text, or how it reads in the reader's language. */
export type Text = string | ((say: Say) => string);

const known = new WeakMap<Words, Say>();

/** How the language of a catalogue is spoken; the same one at each call, so it can be a key. */
export function sayIn(words: Words): Say {
  let say = known.get(words);
  if (say === undefined) {
    const { locale } = words;
    say = {
      words,
      number: (value, digits = 3) => formatNumber(value, { locale, digits }),
      fixed: (value, decimals, signed = false) => formatFixed(value, decimals, { locale, signed }),
      percent: (share) => formatPercent(share, locale),
      count: (count) => formatCount(count, locale),
    };
    known.set(words, say);
  }
  return say;
}

/** How the language of a BCP 47 tag is spoken; English where there is no catalogue for it. */
export const sayFor = (locale?: string): Say => sayIn(wordsFor(locale));

/** A text as it reads. */
export const textOf = (text: Text, say: Say): string =>
  typeof text === 'string' ? text : text(say);
