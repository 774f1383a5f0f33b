import type { Recording } from '../kit/widget';

/**
 * A recording holds four significant digits, and the captured program gives the same bits on every
 * machine, so a re-run agrees to half a unit of the fourth.
 */
const ROUNDING = 6e-4;

/**
 * The names of the values in which some runs differ from the recorded ones, or that only one of the two
 * knows. `again` may hold fewer seeds than the recording: the first ones.
 */
export function differing(recorded: Recording['values'], again: Recording['values']): string[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(again)]);
  return [...names].filter((name) => {
    const [before, now] = [recorded[name], again[name]];
    return (
      before === undefined || now === undefined || !now.every((value, i) => alike(before[i], value))
    );
  });
}

function alike(before: number | number[] | undefined, now: number | number[]): boolean {
  const [a, b] = [[before ?? []].flat(), [now].flat()];
  return a.length === b.length && a.every((value, i) => near(value, b[i] as number));
}

/** Infinite and missing numbers are alike only where they are the same. */
const near = (a: number, b: number): boolean =>
  a === b || Object.is(a, b) || Math.abs(a - b) < ROUNDING * Math.min(Math.abs(a), Math.abs(b));

/** The part of a list that shard "i/n" covers: every n-th entry. Throws where it is no such text. */
export function shardOf<T>(list: readonly T[], shard: string): T[] {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(shard) ?? [];
  const [i, n] = [Number(index), Number(count)];
  if (!(i >= 1 && i <= n)) throw new Error(`--shard is a part such as 1/4, not ${shard}.`);
  return list.filter((_, place) => place % n === i - 1);
}
