/** Facts in the prose that are read from recordings: one entry a tag. */
import { checked } from './check';
import { counted } from './count';
import { given, type FactKind, type Told } from './given';
import { measured } from './measure';
import { ranked } from './rank';

export const FACTS: Readonly<Record<string, FactKind>> = {
  Measured: measured,
  Counted: counted,
  Ranked: ranked,
  Checked: checked,
};

/**
 * What a tag of the prose says, from the recordings.
 *
 * @throws a sentence that says what is wrong with it, or what the recordings say against it.
 */
export function tellFact(tag: string, attributes: Record<string, unknown>, locale = 'en'): Told {
  const kind = FACTS[tag];
  if (kind === undefined) throw new Error(`<${tag}> tells no fact.`);
  return kind.tell(given(attributes, kind.own, locale));
}

export type { Told };
