import type { Axis, Series } from '../../charts/spec';
import type { Text } from '../../say';
import type { TrainingFigure } from '../defineTraining';
import { seriesOf, type RanLane } from '../run';
import { stepAxis } from './loss';
import { trainingIn } from '../../words/networks';

interface OverStepsOptions<S> extends Pick<TrainingFigure<S>, 'id' | 'title' | 'caption'> {
  shown?: (settings: S) => boolean;
  /** What the axis measures, and its ends. */
  axis: Pick<Axis, 'label'> & Partial<Axis>;
  /** Marks every number as the mean of several of the result's. */
  derived?: Series['derived'];
}

/** One number a frame and lane, over the steps. */
export function overSteps<S>(
  { axis, derived, ...frame }: OverStepsOptions<S>,
  numbers: (lane: RanLane, settings: S) => number[],
): TrainingFigure<S> {
  return {
    ...frame,
    chart: (run) => ({
      kind: 'line',
      x: stepAxis(run),
      y: { scale: 'linear', ...axis },
      series: seriesOf(run.lanes, (lane) => ({
        x: lane.result.frameSteps,
        y: numbers(lane, run.settings),
        ...(derived && { derived }),
      })),
    }),
  };
}

interface AccuracyOptions<S> {
  title?: Text;
  caption?: Text;
  shown?: (settings: S) => boolean;
}

/** The accuracy of each batch, step by step. */
export function accuracy<S>({ title, caption, shown }: AccuracyOptions<S> = {}): TrainingFigure<S> {
  return {
    id: 'accuracy',
    title: title ?? (({ words }) => trainingIn(words).accuracy.title),
    caption: caption ?? (({ words }) => trainingIn(words).accuracy.caption),
    ...(shown && { shown }),
    chart: (run) => ({
      kind: 'line',
      x: stepAxis(run),
      y: { label: trainingIn(run.say.words).accuracy.axis, scale: 'linear', domain: [0, 1] },
      series: seriesOf(run.lanes, ({ result }) =>
        result.accuracy.length > 0 ? { x: result.steps, y: result.accuracy } : undefined,
      ),
    }),
  };
}
