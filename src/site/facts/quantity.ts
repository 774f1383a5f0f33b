import type { Recording } from '../../kit/widget';
import { countOf, textOf, type Given } from './given';

/** One number of each run: a named value, one entry of it, or its ratio to another value of the run. */
export interface Quantity {
  value: string;
  /** Which entry of a value with one entry a layer or time step, from 1. */
  at?: number | undefined;
  /** The value that it is divided by. */
  over?: string | undefined;
}

/** The attributes that name a quantity. */
export const QUANTITY = ['value', 'at', 'over'] as const;

/** The quantity that a tag names. Throws a sentence where it names none. */
export function quantityOf(asked: Given['asked']): Quantity {
  const value = textOf(asked, 'value');
  if (!value) throw new Error('value="…" is missing: name the recorded value.');
  return { value, at: countOf(asked, 'at'), over: textOf(asked, 'over') };
}

/** The quantity in each run of a recording, in the order of the seeds. */
export function perRun(recording: Recording, { value, at, over }: Quantity): number[] {
  const runs = entries(recording, value, at);
  if (over === undefined) return runs;
  const others = entries(recording, over, at);
  return runs.map((one, run) => one / (others[run] ?? Number.NaN));
}

/** A name may hold the place of an entry: `accuracy[3]` is `accuracy` at 3. */
function entries(recording: Recording, given: string, place: number | undefined): number[] {
  const [, name = given, inName] = /^(.*)\[(\d+)\]$/.exec(given) ?? [];
  const at = inName === undefined ? place : Number(inName);
  const runs = Object.hasOwn(recording.values, name) ? recording.values[name] : undefined;
  if (runs === undefined) {
    const known = Object.keys(recording.values).join(', ');
    throw new Error(`value="${name}" is not recorded; the values are ${known}.`);
  }
  return runs.map((run) => entryOf(run, name, at));
}

/** One entry of a named value: the value itself, or the one numbered `at` of a list. */
function entryOf(value: number | number[], name: string, at: number | undefined): number {
  if (!Array.isArray(value)) {
    if (at !== undefined) throw new Error(`value="${name}" is one number, so it takes no at.`);
    return value;
  }
  const one = at === undefined ? undefined : value[at - 1];
  if (one === undefined)
    throw new Error(`value="${name}" has ${value.length} entries: at is a whole number from 1 on.`);
  return one;
}

/** "10 seeds", "4 runs of 3 seeds each", or "1 run". */
export function seedsInWords({ seeds }: Recording, runs: number): string {
  if (runs === 1) return '1 run';
  const [first = 0, second = 0] = seeds;
  return second - first > 1 ? `${runs} runs of ${second - first} seeds each` : `${runs} seeds`;
}
