import type { TrainingSpec } from '../engine/types';
import { specInWords, type Setting } from './inWords/spec';
import { mostDigits, type Told } from './inWords/told';
import { en, type Words } from './words/en';
import { specIn } from './words/networks';

/**
 * Names every field in which two runs differ, one phrase a field: "depth 2 instead of 10", so that what
 * is said between two lanes cannot miss anything. Defaults are filled in first. Of networks of two kinds
 * it says kind and size.
 */
export function differences(from: TrainingSpec, to: TrainingSpec, words: Words = en): string[] {
  return differing([from, to], words).map(({ what, values: [before, after] }) =>
    words.lanes.change(what, after ?? specIn(words).none, before ?? specIn(words).none),
  );
}

/**
 * The words of its own for each of several runs, in the order given: "activation ReLU", "learning rate
 * 0.003", for every field in which any two of them differ. A field that a run does not have is not said
 * of it, nor that one part of it is drawn like the others.
 */
export function ownSettings(specs: readonly TrainingSpec[], words: Words = en): string[][] {
  const fields = differing(specs, words);
  return specs.map((_, run) =>
    fields.flatMap(({ what, values }) => {
      const value = values[run];
      return value === undefined || value === specIn(words).likeTheOthers
        ? []
        : [words.lanes.setting(what, value)];
    }),
  );
}

/** A field in which some runs differ, with its value in each; undefined where a run has no such field. */
interface Differing {
  what: string;
  values: (string | undefined)[];
}

function differing(specs: readonly TrainingSpec[], words: Words): Differing[] {
  const sized = new Set(specs.map(({ network }) => network.kind)).size > 1;
  const runs = specs.map(
    (spec) =>
      new Map(specInWords(spec, words, sized).map((setting) => [setting.what, setting] as const)),
  );
  const fields = [...new Set(runs.flatMap((run) => [...run.keys()]))];
  return fields.flatMap((what) => {
    const settings = runs.map((run) => run.get(what));
    return differ(settings) ? [{ what, values: shortest(settings.map((s) => s?.told)) }] : [];
  });
}

/** Whether a field tells runs apart, some of which may lack it. */
function differ(settings: readonly (Setting | undefined)[]): boolean {
  const there = settings.filter((setting) => setting !== undefined);
  if (there.length < settings.length && there.some(({ expected }) => !expected())) return true;
  return distinct(there.map(({ told }) => told(mostDigits))) > 1;
}

const distinct = (values: readonly unknown[]): number => new Set(values).size;

/** Digits of a number where they tell it from the others. */
const fewestDigits = 4;

/**
 * Values with as few digits as still tell apart those that differ; in full where one says no more than the
 * name that all have: "He normal (gain 1)" beside "He normal (gain 1.5)".
 */
function shortest(told: readonly (Told | undefined)[]): (string | undefined)[] {
  const known = told.flatMap((value) => value?.(mostDigits) ?? []);
  const inFull = known.some((name) => known.every((other) => other.startsWith(name)));
  const at = (digits: number): (string | undefined)[] =>
    told.map((value) => value?.(digits, inFull));
  const all = distinct(at(mostDigits));
  for (let digits = fewestDigits; digits < mostDigits; digits++) {
    const values = at(digits);
    if (distinct(values) === all) return values;
  }
  return at(mostDigits);
}
