import type { AnySettings } from '../../kit/codec';
import { seedsOfRuns } from '../../kit/recordedSeeds';
import type { AnyWidget } from '../../kit/widget';

/**
 * The seeds of so many runs of a widget, its own first; a run that uses up several leaves them out for
 * the next. None where the widget has no seed. Throws a sentence where more than one run of such a
 * widget is asked for.
 */
export function seedsOf(widget: AnyWidget, settings: AnySettings, count: number): number[] {
  if (!('seed' in widget.params)) {
    if (count === 1) return [];
    throw new Error(
      `--seeds is ${count}, but ${widget.id} has no seed, so every run of it is the same; allowed: 1.`,
    );
  }
  return seedsOfRuns(widget, settings, count);
}

/** "10 seed(s) from 1, 3 apart", or "no seed". */
export function seedsInWords(seeds: readonly number[]): string {
  const [first, second] = seeds;
  if (first === undefined) return 'no seed';
  const apart = (second ?? first) - first;
  return `${seeds.length} seed(s) from ${first}${apart > 1 ? `, ${apart} apart` : ''}`;
}
