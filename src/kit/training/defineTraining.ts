import type { ChartSpec } from '../charts/spec';
import type { ParameterTable, SettingsOf } from '../parameters';
import { sayFor, type Say, type Text } from '../say';
import type {
  FigureTime,
  Lane,
  LaneResult,
  NamedValues,
  TrainingResult,
  TrainingWidget,
} from '../widget';
import { compare, once, type Comparison } from './lanes';
import { runOf, type RanLane, type Run } from './run';
import { outcome } from './sentences';
import { learned } from './values';

/** One figure of a training widget. */
export interface TrainingFigure<S> {
  id: string;
  title: Text;
  /** One sentence: what to look at. */
  caption: Text;
  chart: (run: Run<S>) => ChartSpec;
  /** Whether it has something to show with these settings; default always. */
  shown?: (settings: S) => boolean;
  time?: FigureTime;
  /** Statistics that each frame must have for it, beside the usual ones. */
  statistics?: string[];
}

/** A named value of each lane; undefined where a lane has no such value. */
export type LaneValue<S> = (lane: RanLane, run: Run<S>) => number | number[] | undefined;

/** What a training widget says of itself; all else derives from its lanes. */
export interface OwnTraining<P extends ParameterTable, S = SettingsOf<P>> extends Omit<
  TrainingWidget<P, S>,
  'kind' | 'lanes' | 'learned' | 'figures' | 'values' | 'describe' | 'challenges'
> {
  /** The networks that are trained side by side with these settings, each with its whole specification. */
  lanes: (settings: S, say: Say) => Lane[];
  /** What sets a lane apart: from the first (the default), or among all, where there is no first one. */
  compared?: Comparison;
  /** Whether a finished lane counts as learned; default: half of the training part is right. */
  learned?: (lane: LaneResult) => boolean;
  figures: TrainingFigure<S>[];
  /** By name: of the lane `problem`, or of the only one; the others carry their lane's name before it. */
  values: Record<string, LaneValue<S>>;
  /** Named numbers of several lanes together, from the values of all. */
  comparisons?: (values: NamedValues) => NamedValues;
  /** The sentence on one lane; default what became of it. */
  tell?: (lane: RanLane, say: Say) => string;
  /** What is said of all lanes after the sentences on each. */
  addition?: (run: Run<S>) => string;
  /** All sentences under the figure, of lanes that have shown something, in place of those. */
  describe?: (run: Run<S>) => string;
  challenges?: {
    id: string;
    ask: string;
    hint?: string;
    solved: (run: Run<S>) => boolean;
  }[];
}

/**
 * Declares networks that are trained side by side. A lane is its whole specification; the experiment, what
 * differs, the values' names and the sentences derive from the lanes.
 */
export function defineTraining<const P extends ParameterTable>(
  own: OwnTraining<P>,
): TrainingWidget<P> {
  const { compared = 'first', comparisons, figures, values, describe, challenges, ...others } = own;
  const { tell = outcome, addition = () => '', ...rest } = others;
  const lanes = once<SettingsOf<P>>((settings, say) =>
    compare(own.lanes(settings, say), compared, say),
  );
  const run = (settings: SettingsOf<P>, result: TrainingResult, say: Say) =>
    runOf(settings, lanes(settings, say), result, say);
  const statistics = [
    ...new Set([...(own.statistics ?? []), ...figures.flatMap((one) => one.statistics ?? [])]),
  ];
  return {
    ...rest,
    ...(statistics.length > 0 && { statistics }),
    kind: 'training',
    lanes,
    learned: own.learned ?? learned(0.5),
    figures: figures.map(({ statistics: _, ...figure }) => ({
      ...figure,
      chart: (settings, result, say) => figure.chart(run(settings, result, say)),
    })),
    values: (settings, result) => {
      const named = valuesOf(values, run(settings, result, sayFor()));
      return comparisons ? { ...named, ...comparisons(named) } : named;
    },
    describe: (settings, result, say) => {
      const all = run(settings, result, say);
      const shown = { ...all, lanes: all.lanes.filter((lane) => lane.result.loss.length > 0) };
      if (shown.lanes.length === 0) return '';
      if (describe) return describe(shown);
      return [...shown.lanes.map((lane) => tell(lane, say)), addition(shown)]
        .filter((sentence) => sentence !== '')
        .join(' ');
    },
    ...(challenges && {
      challenges: challenges.map(({ solved, ...challenge }) => ({
        ...challenge,
        solved: (settings, result) => solved(run(settings, result, sayFor())),
      })),
    }),
  };
}

/** Every lane's values under their names. */
function valuesOf<S>(values: Record<string, LaneValue<S>>, run: Run<S>): NamedValues {
  const named: NamedValues = {};
  for (const lane of run.lanes) {
    const prefix = lane.name === 'problem' || run.lanes.length === 1 ? '' : `${lane.name}.`;
    for (const [name, value] of Object.entries(values)) {
      const found = value(lane, run);
      if (found !== undefined) named[prefix + name] = found;
    }
  }
  return named;
}
