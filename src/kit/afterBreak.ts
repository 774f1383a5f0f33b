import type { ChartSpec, Series } from './charts/spec';
import type { LaneResult, TrainingResult } from './widget';

/**
 * A chart over the steps of a run in which each lane that left the finite numbers has NaN at the
 * later steps of the others: its cells in a table are then words, not gaps. Other charts come back as
 * they are.
 */
export function fillAfterBreak(chart: ChartSpec, { lanes }: TrainingResult): ChartSpec {
  if (chart.kind !== 'line') return chart;
  const ended = Object.values(lanes).filter(({ firstNonFinite }) => firstNonFinite !== null);
  const broke = ({ id, x }: Series) => {
    const own = lanes[id];
    return own
      ? own.firstNonFinite !== null && isOver(own, x)
      : ended.some((lane) => isOver(lane, x));
  };
  if (!chart.series.some(broke)) return chart;
  const all = [...new Set(chart.series.flatMap(({ x }) => x))].sort((a, b) => a - b);
  return {
    ...chart,
    series: chart.series.map((series) => {
      if (series.role === 'theory' || !broke(series)) return series;
      const later = all.filter((x) => x > (series.x.at(-1) ?? -Infinity));
      return {
        ...series,
        x: [...series.x, ...later],
        y: [...series.y, ...later.map(() => NaN)],
      };
    }),
  };
}

/** Whether a series' x are the steps of a lane: those of its curves or of its frames. */
const isOver = ({ steps, frameSteps }: LaneResult, x: readonly number[]): boolean =>
  [steps, frameSteps].some(
    (list) => list.length > 0 && list.length === x.length && list.every((step, i) => step === x[i]),
  );
