import type { Axis, Series } from '../../charts/spec';
import type { Say } from '../../say';
import { trainingIn } from '../../words/networks';
import type { TrainingFigure } from '../defineTraining';
import { seriesOf, type RanLane } from '../run';
import { framed, type Named } from './frame';
import { stepAxis } from './loss';

type StepAxis = Pick<Axis, 'label'> & Partial<Axis>;

interface OverStepsOptions<S> extends Pick<TrainingFigure<S>, 'id' | 'title' | 'caption'> {
  shown?: (settings: S) => boolean;
  /** What the axis measures, and its ends. */
  axis: StepAxis | ((settings: S) => StepAxis);
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
    time: 'course',
    chart: (run) => ({
      kind: 'line',
      x: stepAxis(run),
      y: { scale: 'linear', ...(typeof axis === 'function' ? axis(run.settings) : axis) },
      series: seriesOf(run.lanes, (lane) => ({
        x: lane.result.frameSteps,
        y: numbers(lane, run.settings),
        ...(derived && { derived }),
      })),
    }),
  };
}

/** The accuracy of each batch, step by step. */
export function accuracy<S>(options: Named<S> = {}): TrainingFigure<S> {
  const words = ({ words }: Say) => trainingIn(words).accuracy;
  return {
    ...framed(
      {
        id: 'accuracy',
        title: (say) => words(say).title,
        caption: (say) => words(say).caption,
        time: 'course',
      },
      options,
    ),
    chart: (run) => ({
      kind: 'line',
      x: stepAxis(run),
      y: { label: words(run.say).axis, scale: 'linear', domain: [0, 1] },
      series: seriesOf(run.lanes, ({ result }) =>
        result.accuracy.length > 0 ? { x: result.steps, y: result.accuracy } : undefined,
      ),
    }),
  };
}
