import { formatNumber, formatPercent } from '../../kit/format';
import { spreadOf } from '../../kit/spread';
import type { Recording } from '../../kit/widget';

export interface Measurement {
  /** The median over the seeds. */
  value: number;
  text: string;
  /** "median of 10 seeds, from 2.29 to 2.33"; '' where there was but one. */
  range: string;
}

export interface MeasuredOptions {
  /** Which entry of a value with one entry a layer or time step, from 1. */
  at?: number | undefined;
  digits?: number | undefined;
  percent?: boolean | undefined;
  locale?: string;
}

/**
 * One named number of a recording, as prose shows it. Throws, naming what is known, where there is no
 * such value or entry.
 */
export function measure(
  recording: Recording,
  name: string,
  { at, digits = 3, percent = false, locale = 'en' }: MeasuredOptions = {},
): Measurement {
  const seeds = Object.hasOwn(recording.values, name) ? recording.values[name] : undefined;
  if (seeds === undefined) {
    const known = Object.keys(recording.values).join(', ');
    throw new Error(`value="${name}" is not recorded; the values are ${known}.`);
  }
  const { median, low, high } = spreadOf(seeds.map((value) => entryOf(value, name, at)));
  const [first = 0, second = 0] = recording.seeds;
  const runs = second - first > 1 ? `runs of ${second - first} seeds each` : 'seeds';
  const write = (value: number) =>
    percent ? formatPercent(value, locale) : formatNumber(value, { locale, digits });
  return {
    value: median,
    text: write(median),
    range:
      seeds.length > 1
        ? `median of ${seeds.length} ${runs}, from ${write(low)} to ${write(high)}`
        : '',
  };
}

/** One entry of a named value: the value itself, or the one numbered `at` of a list. */
export function entryOf(value: number | number[], name: string, at: number | undefined): number {
  if (!Array.isArray(value)) {
    if (at !== undefined) throw new Error(`value="${name}" is one number, so it takes no at.`);
    return value;
  }
  const one = at === undefined ? undefined : value[at - 1];
  if (one === undefined)
    throw new Error(`value="${name}" has ${value.length} entries: at is a whole number from 1 on.`);
  return one;
}
