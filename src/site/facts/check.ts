import { CONDITION, conditionInWords, conditionOf, holding, holdsInMedian } from './condition';
import { flagOf, textOf, type FactKind, type Given } from './given';
import { quantityInWords, suffixOf } from './names';
import { QUANTITY, quantityOf, seedsInWords } from './quantity';
import { candidates } from './rank';
import { capitalized } from '../../kit/capitalized';

const WAYS = ['all', 'most', 'some', 'none', 'median'] as const;
type Way = (typeof WAYS)[number];

const ENOUGH: Record<Exclude<Way, 'median'>, (held: number, runs: number) => boolean> = {
  all: (held, runs) => held === runs,
  most: (held, runs) => held > runs / 2,
  some: (held) => held > 0,
  none: (held) => held === 0,
};

/**
 * A phrase that the recordings are held against: `<Checked of="dying-relu" preset="deeper"
 * value="selu.finalLoss" below={2.2} only in="median">only SELU gets away</Checked>`. The condition must
 * hold in `all` runs (the default), in `most`, `some` or `none`, or between the medians (`median`). Several
 * values, divided by blanks, must each meet it; with `only` no other network may. Else the build stops.
 */
export const checked: FactKind = {
  own: [...QUANTITY, ...CONDITION, 'in', 'only', 'percent'],
  tell: (given) => {
    const { asked, recording } = given;
    const condition = conditionOf(asked);
    if (condition === undefined)
      throw new Error('give above, below, is or finite: what is checked is missing.');
    const way = (textOf(asked, 'in') ?? 'all') as Way;
    if (!WAYS.includes(way))
      throw new Error(`in="${way}" must be one of ${WAYS.join(', ')}: in which runs it holds.`);
    const { value, ...rest } = quantityOf(asked);
    const names = value.split(/\s+/);
    const verdict = (name: string) => {
      const quantity = { ...rest, value: name };
      const found = holding(recording, quantity, condition);
      const held = found.filter(Boolean).length;
      const holds =
        way === 'median'
          ? holdsInMedian(recording, quantity, condition)
          : ENOUGH[way](held, found.length);
      return { name, held, runs: found.length, holds };
    };
    const verdicts = names.map(verdict);
    const said = conditionInWords(condition, given);
    const where = way === 'median' ? 'in the median' : `in ${way} runs`;
    for (const { name, held, runs, holds } of verdicts)
      if (!holds)
        throw new Error(
          `the recordings contradict the phrase: ${name} is ${said} in ${held} of ${runs} runs, and not ${where}.`,
        );
    const others = flagOf(asked, 'only') ? othersOf(given, names).map(verdict) : [];
    for (const { name, holds } of others)
      if (holds)
        throw new Error(
          `the recordings contradict the phrase: ${name} is ${said} ${where} as well, so it is not only ${names.join(', ')}.`,
        );
    const told = [...verdicts, ...others].map(
      ({ name, held, runs }) =>
        `${quantityInWords({ ...rest, value: name }, given)} is ${said} in ${held} of ${seedsInWords(recording, runs)}`,
    );
    const medians = way === 'median' ? 'Checked between the medians. ' : '';
    return { text: '', detail: `${medians}${capitalized(told.join('; '))}.` };
  },
};

/** The same value of all other networks of the setting. */
function othersOf(given: Given, names: readonly string[]): string[] {
  const suffix = suffixOf(names[0] ?? '');
  return candidates(given, suffix)
    .map(({ value }) => value)
    .filter((value) => !names.includes(value));
}
