/** The words that facts in the prose are told in. */
import { wordsFor } from '../../kit/words';

const NUMBERS =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** A count as prose writes it: in words up to twenty. */
export const inWords = (count: number): string => NUMBERS[count] ?? String(count);

/**
 * "three of ten runs", "all ten runs", "none of ten runs"; of one run "the one run" or "not the one run".
 *
 * @param noun what is counted, in the plural; '' leaves it out: "three of ten".
 */
export function shareInWords(count: number, total: number, noun: string): string {
  const named = (words: string) => (noun === '' ? words : `${words} ${noun}`);
  if (total === 1) {
    const one = noun === '' ? 'the only one' : `the one ${singular(noun)}`;
    return count === 1 ? one : `not ${one}`;
  }
  if (count === 0) return named(`none of ${inWords(total)}`);
  if (count === total) return named(total === 2 ? 'both' : `all ${inWords(total)}`);
  return named(`${inWords(count)} of ${inWords(total)}`);
}

/** "ten runs", "one run". */
export const total = (count: number, noun: string): string =>
  `${inWords(count)} ${count === 1 ? singular(noun) : noun}`;

const singular = (noun: string): string => noun.replace(/s$/, '');

export const capitalized = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

/** "SELU, ELU and tanh". */
export const listed = (items: readonly string[], locale: string): string =>
  wordsFor(locale).listAll(items);
