import { lineDomains } from './charts/line';
import type { ChartSpec, LineChartSpec, Series } from './charts/spec';

/**
 * A chart on axes that also hold another one of the same figure: while a run is watched, its curves grow on
 * the axes of the whole. Charts of other kinds have fixed axes already.
 */
export function withAxes(chart: ChartSpec, reference: ChartSpec): ChartSpec {
  if (chart.kind !== 'line' || reference.kind !== 'line') return chart;
  const [own, other] = [lineDomains(chart), lineDomains(reference)];
  const empty = chart.series.every(({ y }) => y.length === 0);
  const both = (axis: 'x' | 'y'): [number, number] =>
    empty
      ? other[axis]
      : [Math.min(own[axis][0], other[axis][0]), Math.max(own[axis][1], other[axis][1])];
  return {
    ...chart,
    x: chart.x.domain ? chart.x : { ...chart.x, domain: both('x') },
    y: { ...chart.y, domain: both('y') },
  };
}

/** A chart of a course with a line at the step that other figures show. */
export function withCursor(chart: ChartSpec, step: number, label: string): ChartSpec {
  if (chart.kind === 'histogram' || chart.kind === 'network') return chart;
  const cursor = { axis: 'x', at: step, label, kind: 'cursor' } as const;
  return { ...chart, references: [...(chart.references ?? []), cursor] };
}

/** A chart with the curves of another one faint behind its own; closed forms leave nothing behind. */
export function leaveBehind(chart: ChartSpec, before: ChartSpec | undefined): ChartSpec {
  if (chart.kind !== 'line' || before?.kind !== 'line') return chart;
  const ghost = before.series.filter(({ role }) => role !== 'theory').map(bare);
  return ghost.length === 0 ? chart : ({ ...chart, ghost } satisfies LineChartSpec);
}

const bare = ({ id, label, role, x, y }: Series): Series => ({ id, label, role, x, y });
