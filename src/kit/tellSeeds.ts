import type { AnySettings } from './codec';
import { spreadOf } from './spread';
import { tally, type SeedResult } from './trainSeeds';
import type { AnyTrainingWidget } from './widget';
import type { Say } from './say';

/**
 * What became of every lane over the seeds that have finished: how many learned and diverged, and the
 * medians of the final training loss and test accuracy. The medians are of the runs that did not diverge,
 * and say so where some did; where all did, the counts alone speak.
 */
export function tellSeeds(
  runs: readonly SeedResult[],
  widget: AnyTrainingWidget,
  settings: AnySettings,
  say: Say,
): string {
  const { seeds } = say.words;
  const results = runs.map(({ result }) => result);
  const labels = new Map(widget.lanes(settings, say).map(({ name, label }) => [name, label]));
  return tally(results, widget.learned)
    .map(({ lane, learned, total, diverged }) => {
      const finals = results.map(({ lanes }) => lanes[lane]?.final);
      const median = (of: (final: NonNullable<(typeof finals)[number]>) => number | null) =>
        spreadOf(finals.map((final) => (final && of(final)) ?? NaN).filter(Number.isFinite)).median;
      const loss = median(({ trainLoss }) => trainLoss);
      const accuracy = median(({ testAccuracy }) => testAccuracy);
      const label = labels.get(lane) ?? lane;
      const told = [
        seeds.summary(label, say.count(learned), say.count(total), say.count(diverged)),
      ];
      if (!Number.isNaN(loss)) {
        const share = Number.isNaN(accuracy) ? null : say.percent(accuracy);
        const others = diverged === 0 ? null : say.count(total - diverged);
        told.push(seeds.medians(say.number(loss), share, others));
      }
      const more = widget.overSeeds?.(
        results.flatMap(({ lanes }) => lanes[lane] ?? []),
        say,
      );
      if (more) told.push(more);
      return told.join(' ');
    })
    .join(' ');
}
