/** The words that facts in the prose are told in. */

const NUMBERS =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** A count as prose writes it: in words up to twenty. */
const inWords = (count: number): string => NUMBERS[count] ?? String(count);

/**
 * "three of ten runs", "all ten runs", "none of ten runs"; of one run "the one run" or "not the one run".
 *
 * @param noun what is counted, in the plural; '' leaves it out: "three of ten".
 */
export function shareInWords(count: number, runs: number, noun: string): string {
  const named = (words: string) => (noun === '' ? words : `${words} ${noun}`);
  if (runs === 1) {
    const one = noun === '' ? 'the only one' : `the one ${singular(noun)}`;
    return count === 1 ? one : `not ${one}`;
  }
  if (count === 0) return named(`none of ${inWords(runs)}`);
  if (count === runs) return named(runs === 2 ? 'both' : `all ${inWords(runs)}`);
  return named(`${inWords(count)} of ${inWords(runs)}`);
}

/** "ten runs", "one run". */
export const total = (count: number, noun: string): string =>
  `${inWords(count)} ${count === 1 ? singular(noun) : noun}`;

const singular = (noun: string): string => noun.replace(/s$/, '');
