import { formatNumber } from '../../kit/format';
import { spreadOf } from '../../kit/spread';
import type { NamedValues } from '../../kit/widget';

/** Each named number's median over the runs, entry by entry. */
function medians(runs: readonly NamedValues[]): NamedValues {
  const middle = (list: NamedValues[string][]): NamedValues[string] => {
    const [first] = list;
    if (typeof first === 'number') return spreadOf(list as number[]).median;
    return (first ?? []).map(
      (_, i) => spreadOf(list.map((one) => (one as number[])[i] ?? NaN)).median,
    );
  };
  return Object.fromEntries(
    Object.keys(runs[0] ?? {}).map((name) => [name, middle(runs.map((one) => one[name]!))]),
  );
}

/** What every envelope says of the named numbers: their medians, and those of each seed. */
export const bySeed = (runs: readonly NamedValues[]) => ({
  values: medians(runs),
  valuesBySeed: runs,
});

/** A line for each named number: its median, and how many of the runs are finite where some are not. */
export function medianLines(runs: readonly NamedValues[]): string[] {
  return Object.entries(medians(runs)).map(([name, value]) => {
    const numbers = [value].flat().map((one) => formatNumber(one));
    return `${name}: ${numbers.join(' ')}${lost(runs.map((one) => one[name]))}`;
  });
}

/** " (6 of 10 finite)" where some runs of a number are not finite; they then count as the largest. */
function lost(runs: readonly (NamedValues[string] | undefined)[]): string {
  const finite = runs.filter((run) => [run].flat().every(Number.isFinite)).length;
  return finite === runs.length ? '' : ` (${finite} of ${runs.length} finite)`;
}
