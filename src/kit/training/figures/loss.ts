import type { Axis, LineChartSpec } from '../../charts/spec';
import { textOf, type Say } from '../../say';
import { trainingIn } from '../../words/networks';
import { chanceOf } from '../chance';
import type { TrainingFigure } from '../defineTraining';
import { seriesOf, type RanLane, type Run } from '../run';
import { framed, type Named } from './frame';

interface LossOptions<S> extends Named<S> {
  scale?: Axis['scale'];
  /** Ends of the loss axis; where a curve goes beyond, the caption says that the table has its numbers. */
  axis?: [number, number];
  /** The same, where a curve goes beyond this loss; otherwise the axis reaches as far as the curves do. */
  cutAbove?: number;
  /** The axis reaches at least so far, so that the noise of a stuck network does not look like learning. */
  reaches?: number;
}

/** The loss of each batch, step by step, with the line of chance where the task has one. */
export function loss<S>(options: LossOptions<S> = {}): TrainingFigure<S> {
  const { axis, cutAbove } = options;
  const top = axis?.[1] ?? cutAbove;
  const words = ({ words }: Say) => trainingIn(words).loss;
  const { caption, ...named } = options;
  const text = caption ?? ((say: Say) => words(say).caption);
  return {
    ...framed(
      {
        id: 'loss',
        title: (say) => words(say).title,
        caption:
          top === undefined
            ? text
            : (say) => `${textOf(text, say)} ${words(say).cut(say.number(top))}`,
        time: 'course',
      },
      named,
    ),
    chart: (run) => lossChart(run, options),
  };
}

/** The chart of the figure `loss`. */
export function lossChart<S>(run: Run<S>, options: LossOptions<S> = {}): LineChartSpec {
  const { say } = run;
  const series = seriesOf(run.lanes, ({ result }) => ({ x: result.steps, y: result.loss }));
  const domain = domainFor(
    series.map(({ y }) => y),
    options,
  );
  return {
    kind: 'line',
    x: stepAxis(run),
    y: {
      label: trainingIn(say.words).loss.axis,
      scale: options.scale ?? 'linear',
      ...(domain && { domain }),
    },
    series,
    references: chanceReference(run),
  };
}

function domainFor<S>(
  curves: readonly number[][],
  { axis, cutAbove, reaches }: LossOptions<S>,
): [number, number] | undefined {
  if (axis) return axis;
  if (reaches !== undefined)
    return [
      0,
      curves
        .flat()
        .filter(Number.isFinite)
        .reduce((a, b) => Math.max(a, b), reaches),
    ];
  const beyond = cutAbove !== undefined && curves.some((y) => y.some((one) => one > cutAbove));
  return beyond ? [0, cutAbove] : undefined;
}

/** Steps from the start to where the longest run ends by itself. */
export const stepAxis = <S>({ steps, say }: Run<S>): Axis => ({
  label: trainingIn(say.words).step,
  scale: 'linear',
  domain: [0, steps],
  integer: true,
});

/** The line of chance, where all lanes have the same. */
export function chanceReference({
  lanes,
  say,
}: {
  lanes: readonly RanLane[];
  say: Say;
}): NonNullable<LineChartSpec['references']> {
  const [first, ...others] = lanes.map(({ spec }) => chanceOf(spec, say));
  if (first === undefined || others.some((other) => other?.loss !== first.loss)) return [];
  return [{ axis: 'y', at: first.loss, label: first.label }];
}
