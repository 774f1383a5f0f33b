import { fillAfterBreak } from './afterBreak';
import { leaveBehind, withAxes, withCursor } from './axes';
import { tellFault } from './charts/fault';
import type { ChartSpec } from './charts/spec';
import type { AnySettings } from './codec';
import { mergeCharts } from './merge';
import { frameSteps, upToStep } from './result';
import { textOf, type Say } from './say';
import type { AnyWidget, Figure, TrainingResult } from './widget';

/**
 * A figure as it is shown: its chart is computed when it is first looked at. Where that throws, an empty chart
 * stands for it, and `fault` has the reason: other figures and the run know nothing of it.
 */
export interface DrawnFigure {
  id: string;
  title: string;
  caption: string;
  /** The step that it shows, of a figure that shows one. */
  step: number | null;
  readonly chart: ChartSpec;
  /** What table and CSV hold: the chart's numbers, with NaN where a run that broke has none. */
  readonly numbers: ChartSpec;
  /** Why it cannot be drawn; null where it can. */
  readonly fault: Error | null;
}

/** Which step a widget's figures show: its first, its last, or one that the reader went to. */
export type Moment = 'start' | 'end' | number;

/** What the figures are drawn from. */
export interface Picture {
  widget: AnyWidget;
  settings: AnySettings;
  /** One result, or one of each seed with its settings. */
  results: readonly { settings: AnySettings; result: unknown }[];
  moment: Moment;
  say: Say;
  /** While a run is watched: the charts of the whole, whose axes it is drawn on. */
  axes: ReadonlyMap<string, ChartSpec> | null;
  /** The steps between its frames then, where they are known. */
  gap: number | null;
  /** While a dial moves: the charts that were shown before, faint behind the new ones. */
  ghost: ReadonlyMap<string, ChartSpec> | null;
}

/** The figures of a widget that have something to show. */
export function drawFigures(picture: Picture): DrawnFigure[] {
  const { widget, settings, results, say } = picture;
  if (results.length === 0) return [];
  return (widget.figures as Figure<AnySettings, unknown>[])
    .filter(({ shown }) => shown?.(settings) ?? true)
    .map((figure) => {
      const step = stepOf(figure, picture);
      const charts = lazily(() => safely(() => chartsOf(figure, picture)));
      return {
        id: figure.id,
        title: textOf(figure.title, say),
        caption: textOf(figure.caption, say),
        step,
        get chart() {
          return charts().chart;
        },
        get numbers() {
          return charts().numbers;
        },
        get fault() {
          return charts().fault;
        },
      };
    });
}

/** What stands for a chart that cannot be had. */
const nothing: ChartSpec = {
  kind: 'line',
  x: { label: '', scale: 'linear' },
  y: { label: '', scale: 'linear' },
  series: [],
};

type Charts = Pick<DrawnFigure, 'chart' | 'numbers' | 'fault'>;

/** The charts and the numbers under them, with `nothing` in the place of what throws. */
function safely(charts: () => Omit<Charts, 'fault'>): Charts {
  try {
    const drawn = charts();
    return {
      chart: drawn.chart,
      get numbers() {
        return drawn.numbers;
      },
      fault: null,
    };
  } catch (reason) {
    tellFault(reason);
    const fault = reason instanceof Error ? reason : new Error(String(reason));
    return { chart: nothing, numbers: nothing, fault };
  }
}

/** A figure's chart where nobody moves through time: of a figure that shows one step, that at which it rests. */
export function stillChart(
  widget: AnyWidget,
  figure: Figure<AnySettings, unknown>,
  settings: AnySettings,
  result: unknown,
  say: Say,
): ChartSpec {
  const part = partOf(figure, { widget, moment: 'start' }, result);
  return figure.chart(settings, part, say);
}

function chartsOf(
  figure: Figure<AnySettings, unknown>,
  picture: Picture,
): { chart: ChartSpec; numbers: ChartSpec } {
  const { widget, results, say, axes, gap, ghost } = picture;
  const own = results.map(({ settings, result }) =>
    figure.chart(settings, partOf(figure, picture, result), say),
  );
  if (own.length > 1) {
    const chart = mergeCharts(own);
    return { chart, numbers: chart };
  }
  const [drawn] = own as [ChartSpec];
  const reference = axes?.get(figure.id);
  let chart = reference ? withAxes(drawn, reference) : drawn;
  chart = leaveBehind(chart, ghost?.get(figure.id));
  if (gap !== null && chart.kind === 'heat') chart = { ...chart, gap };
  const cursor = cursorOf(figure, picture);
  if (cursor !== null) chart = withCursor(chart, cursor, say.words.run.cursor(say.count(cursor)));
  const result = results[0]!.result;
  return {
    chart,
    get numbers() {
      return widget.kind === 'training' ? fillAfterBreak(drawn, result as TrainingResult) : drawn;
    },
  };
}

/** What of a result a figure draws. */
function partOf(
  { time }: Figure<AnySettings, unknown>,
  { widget, moment }: Pick<Picture, 'widget' | 'moment'>,
  result: unknown,
): unknown {
  if (widget.kind !== 'training' || time === 'course') return result;
  const step = place(moment, time);
  return step === null ? result : upToStep(result as TrainingResult, step);
}

/** The step that a figure of a run shows; null for the last, whichever it is. */
function place(moment: Moment, time: Figure<unknown, unknown>['time']): number | null {
  if (typeof moment === 'number') return moment;
  return moment === 'start' && time === 'moment' ? 0 : null;
}

function stepOf(
  { time }: Figure<AnySettings, unknown>,
  { widget, results, moment }: Picture,
): number | null {
  if (widget.kind !== 'training' || (time !== 'moment' && time !== 'end')) return null;
  const steps = frameSteps(results[0]!.result as TrainingResult);
  return steps.length === 0 ? null : (place(moment, time) ?? steps.at(-1)!);
}

/** Where a course has its line: at a step between its ends. */
function cursorOf(
  { time }: Figure<AnySettings, unknown>,
  { widget, results, moment }: Picture,
): number | null {
  if (widget.kind !== 'training' || time !== 'course' || typeof moment !== 'number') return null;
  const last = frameSteps(results[0]!.result as TrainingResult).at(-1) ?? 0;
  return moment > 0 && moment < last ? moment : null;
}

function lazily<T>(compute: () => T): () => T {
  let known: { value: T } | null = null;
  return () => (known ??= { value: compute() }).value;
}
