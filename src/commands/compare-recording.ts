import type { Recording } from '../kit/widget';

/**
 * A recording holds four significant digits, and the captured program gives the same bits on every
 * machine, so a re-run agrees to half a unit of the fourth.
 */
const ROUNDING = 6e-4;

/**
 * What of a recording is not as a re-run has it: `seeds`, `backend`, `version`, the names of values,
 * or the first place of the result, such as `result.lanes.cure.loss[3]`.
 *
 * @param again a run of some of the seeds: the result is compared where the first is among them.
 * @param seeds all seeds that the recording should hold, in order.
 */
export function differing(
  recorded: Recording,
  again: Recording,
  seeds: readonly number[],
): string[] {
  const found: string[] = [];
  if (place(recorded.seeds, seeds, 'seeds')) found.push('seeds');
  if (recorded.backend !== again.backend) found.push('backend');
  if (recorded.version !== again.version) found.push('version');
  const runs = again.seeds.length > 0 ? again.seeds.map((seed) => seeds.indexOf(seed)) : [0];
  const names = new Set([...Object.keys(recorded.values), ...Object.keys(again.values)]);
  for (const name of names) {
    const [before, now] = [recorded.values[name], again.values[name]];
    const same =
      before?.length === Math.max(1, seeds.length) &&
      now?.length === runs.length &&
      runs.every((run, i) => place(before[run], now[i], name) === undefined);
    if (!same) found.push(name);
  }
  const inResult = runs[0] === 0 ? place(recorded.result, again.result, 'result') : undefined;
  return inResult === undefined ? found : [...found, inResult];
}

/** The first place at which two values differ, as a path that begins with `path`. */
function place(before: unknown, now: unknown, path: string): string | undefined {
  if (typeof before === 'number' && typeof now === 'number')
    return near(before, now) ? undefined : path;
  if (Array.isArray(before) && Array.isArray(now)) {
    if (before.length !== now.length) return path;
    return firstOf(before, (one, i) => place(one, now[i], `${path}[${i}]`));
  }
  if (isRecord(before) && isRecord(now)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
    return firstOf([...keys], (key) => place(before[key], now[key], `${path}.${key}`));
  }
  return before === now ? undefined : path;
}

function firstOf<T>(list: readonly T[], of: (entry: T, i: number) => string | undefined) {
  for (const [i, entry] of list.entries()) {
    const found = of(entry, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
