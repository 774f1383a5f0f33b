import type { Say } from '../../say';
import { trainingIn } from '../../words/networks';
import type { TrainingFigure } from '../defineTraining';
import { seriesOf } from '../run';
import { runningMean } from '../runningMean';
import { framed, type Named } from './frame';
import { stepAxis } from './loss';

/** Steps that the error is averaged over: a batch alone is too few images. */
const WINDOW = 20;

/** The share of the latest batches that a network reads wrongly, over the steps. */
export function trainingError<S>(options: Named<S> = {}): TrainingFigure<S> {
  const words = ({ words }: Say) => trainingIn(words).trainingError;
  return {
    ...framed(
      {
        id: 'training-error',
        title: (say) => words(say).title,
        caption: (say) => words(say).caption(say.count(WINDOW)),
        time: 'course',
      },
      options,
    ),
    chart: (run) => ({
      kind: 'line',
      x: stepAxis(run),
      y: { label: words(run.say).axis, scale: 'linear', domain: [0, 1] },
      series: seriesOf(run.lanes, ({ result: { steps, accuracy } }) =>
        accuracy.length > 0
          ? {
              x: steps,
              y: runningMean(steps, accuracy, WINDOW).map((right) => 1 - right),
              derived: 'meanError',
            }
          : undefined,
      ),
    }),
  };
}
