import { formatNumber, formatPercent } from '../../kit/format';
import { presetSettings, type AnySettings } from '../../kit/codec';
import { spreadOf } from '../../kit/spread';
import type { Recording } from '../../kit/widget';
import { wordsFor } from '../../kit/words';
import { countOf, flagOf, textOf, type FactKind, type Given } from './given';
import { nameInWords, networkInWords, networkOf, suffixOf, valueInWords } from './names';
import { perRun, quantityOf } from './quantity';
import { capitalized } from '../../kit/capitalized';

/** A network among those that a setting compares, and the name of its value. */
interface Candidate {
  name: string;
  label: string;
  value: string;
  recording: Recording;
}

const OWN =
  'value at above below by finite largest smallest leading last rank among except names against across numbers digits percent capital'.split(
    ' ',
  );

/**
 * Networks in the order of a value's medians: `<Ranked of="activation-race" preset="cure"
 * value="finalLoss" smallest leading={3} />` says "ELU, SELU and tanh".
 *
 * - `largest` or `smallest` stands first; `leading` and `last` say how many to name from which end, `rank`
 *   which one alone; without them all are named.
 * - `above`, `below`, a number or the name of a value: only those beyond it.
 * - `among` or `except` chooses networks by name; `names="linear: the linear network"` renames.
 * - `against="orthogonal"` with `by="ratio"` or `by="difference"` ranks by how much the median there
 *   differs: this one over that one, or this one less that one.
 * - `across="activation"` takes the settings that differ in one parameter instead of the networks of one.
 * - `numbers` puts each number behind its name.
 *
 * A network with runs that are not finite is refused, unless `except` leaves it out or `finite` takes the
 * median of its others.
 */
export const ranked: FactKind = {
  own: OWN,
  tell: (given) => {
    const { asked, locale } = given;
    const { standing, limits } = order(given);
    const named = choose(standing, limits, asked);
    if (named.length === 0) throw new Error('no network meets this, so there is none to name.');
    const write = (score: number) =>
      flagOf(asked, 'percent')
        ? formatPercent(score, locale)
        : formatNumber(score, { locale, digits: countOf(asked, 'digits') ?? 3 });
    const withNumber = ({ label, score }: Standing) => `${label} (${write(score)})`;
    const names = named.map((one) => (flagOf(asked, 'numbers') ? withNumber(one) : one.label));
    const text = wordsFor(locale).listAll(names);
    return {
      text: flagOf(asked, 'capital') ? capitalized(text) : text,
      detail: `Medians of the ${valueInWords(quantityOf(asked).value, given)}${howCompared(given)}, ${flagOf(asked, 'smallest') ? 'smallest' : 'largest'} first: ${standing.map(withNumber).join(', ')}.`,
    };
  },
};

interface Standing extends Candidate {
  score: number;
}

/** Between what a median, or what is ranked instead, must lie to be named. */
interface Limits {
  above: number | undefined;
  below: number | undefined;
}

/** Against what a median is ranked, if not by itself. */
function howCompared({ asked, widget }: Given): string {
  const against = textOf(asked, 'against');
  if (against === undefined) return '';
  const preset = `“${widget.presets[against]?.label ?? against}”`;
  return asked['by'] === 'difference' ? `, less that of ${preset}` : `, over that of ${preset}`;
}

/** The candidates in order, largest first unless the smallest is asked for, and the limits in numbers. */
function order(given: Given): { standing: Standing[]; limits: Limits } {
  const { asked, widget, recording } = given;
  const [largest, smallest] = [flagOf(asked, 'largest'), flagOf(asked, 'smallest')];
  if (largest === smallest)
    throw new Error('give one of largest and smallest: which stands first.');
  const { value, at } = quantityOf(asked);
  const finite = flagOf(asked, 'finite');
  const median = (of: Recording, name: string): number => {
    const runs = perRun(of, { value: name, at });
    const kept = runs.filter(Number.isFinite);
    if (kept.length < runs.length && !finite)
      throw new Error(
        `${name} is not finite in ${runs.length - kept.length} of ${runs.length} runs, so it has no ` +
          'place in the order: leave the network out by except, or rank the median of its other runs by finite.',
      );
    return spreadOf(kept).median;
  };
  const against = textOf(asked, 'against');
  const by = textOf(asked, 'by');
  if ((against !== undefined || by !== undefined) && by !== 'ratio' && by !== 'difference')
    throw new Error('by must be "ratio" or "difference": how the two medians are compared.');
  const other = against && given.recordingOf(presetSettings(widget, against) as AnySettings);
  const score = (one: Candidate): number => {
    const here = median(one.recording, one.value);
    if (!other) return here;
    const there = median(other, one.value);
    return by === 'ratio' ? here / there : here - there;
  };
  const limit = (name: string): number | undefined => {
    const bound = asked[name];
    if (typeof bound === 'string') return median(recording, bound);
    if (bound !== undefined && typeof bound !== 'number')
      throw new Error(`${name} must be a number or the name of a value.`);
    return bound;
  };
  const standing = candidates(given, value)
    .map((one) => ({ ...one, score: score(one) }))
    .sort((a, b) => (largest ? b.score - a.score : a.score - b.score));
  return { standing, limits: { above: limit('above'), below: limit('below') } };
}

/** Those of a ranking that a tag names. */
function choose(standing: readonly Standing[], limits: Limits, asked: Given['asked']): Standing[] {
  const { above = -Infinity, below = Infinity } = limits;
  const meeting = standing.filter(({ score }) => score > above && score < below);
  const ends = ['leading', 'last', 'rank'].filter((name) => asked[name] !== undefined);
  if (ends.length > 1) throw new Error('give one of leading, last and rank.');
  const [end = 'leading'] = ends;
  const wanted = countOf(asked, end) ?? meeting.length;
  if (wanted > meeting.length)
    throw new Error(`there are ${meeting.length} networks to rank, fewer than ${wanted}.`);
  if (end === 'last') return meeting.slice(-wanted);
  return meeting.slice(end === 'rank' ? wanted - 1 : 0, wanted);
}

/** The networks of a setting that have a value, or the settings that differ in one parameter. */
export function candidates(given: Given, suffix: string): Candidate[] {
  const { asked, recording, widget, settings, locale } = given;
  const across = textOf(asked, 'across');
  const found = across === undefined ? networks() : variants(across);
  const among = textOf(asked, 'among')?.split(/\s+/);
  const except = textOf(asked, 'except')?.split(/\s+/) ?? [];
  for (const name of [...(among ?? []), ...except])
    if (!found.some((one) => one.name === name))
      throw new Error(
        `there is no "${name}" to rank; there are ${found.map((one) => one.name).join(', ')}.`,
      );
  const names = new Map(
    textOf(asked, 'names')
      ?.split(';')
      .map((pair) => pair.split(':').map((part) => part.trim()) as [string, string]),
  );
  return found
    .filter(({ name }) => (among?.includes(name) ?? true) && !except.includes(name))
    .map((one) => ({ ...one, label: names.get(one.name) ?? one.label }));

  function variants(parameter: string): Candidate[] {
    const choice = widget.params[parameter] as
      { options?: { value: string; label: string }[] } | undefined;
    if (choice?.options === undefined)
      throw new Error(`across="${parameter}" names no choice of this widget.`);
    return choice.options.flatMap(({ value, label }) => {
      let found: Recording;
      try {
        found = given.recordingOf({ ...settings, [parameter]: value } as AnySettings);
      } catch {
        return [];
      }
      return [
        { name: value, label: nameInWords(value, label, locale), value: suffix, recording: found },
      ];
    });
  }

  function networks(): Candidate[] {
    const labelled = Object.keys(recording.values).flatMap((value) => {
      if (suffixOf(value) !== suffix) return [];
      const name = networkOf(value);
      return [{ name, label: networkInWords(name, given), value, recording }];
    });
    if (labelled.length === 0) throw new Error(`no network has a recorded value "${suffix}".`);
    return labelled;
  }
}
