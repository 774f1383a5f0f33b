import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  outcome,
  preset,
  seriesOf,
  values,
  type RanLane,
} from '../../kit/training';
import { mean } from '../../kit/spread';
import { lanesOf } from './lanes';
import { params } from './params';

/** The mean over the hidden layers of how far their inputs moved since the step before, from step 1 on. */
const shiftBySteps = ({ result }: RanLane): number[] =>
  framesOf(result, 'inputShift')
    .slice(1)
    .map((layers) => mean(layers));

/** The mean of that over all steps. */
const inputShift = (lane: RanLane): number => mean(shiftBySteps(lane));

export default defineTraining({
  id: 'norm-noise',
  version: 1,
  title: 'Noise after the norm',
  summary:
    'Batch norm, and after it noise that moves what each unit is given at every step: is it still of use? The same noise without a norm beside it.',
  chapter: 'normalization',
  params,
  presets: {
    problem: preset('ReLU', 'Ten layers, learning rate 0.2.'),
    more: preset('More noise', 'Shifts up to 1.', { shift: 1 }),
    small: preset('A small rate', 'Learning rate 0.03.', { learningRate: 0.03 }),
    sigmoid: preset('Sigmoid', 'Ten layers, learning rate 0.3.', {
      activation: 'sigmoid',
      learningRate: 0.3,
    }),
  },
  lanes: lanesOf,
  experiment: () => import('./experiment'),
  // What the experiment asks for: a lane of the same network elsewhere is not the same run.
  statistics: ['unitMean', 'unitStd'],
  recorded: { points: 60, frames: 40 },
  figures: [
    figures.loss({ cutAbove: 4 }),
    {
      id: 'shift',
      title: 'How far the inputs of the layers move from step to step',
      caption:
        'Mean and spread of what each unit hands to φ, against those of the step before, in units of the spread; the mean over the hidden layers.',
      time: 'course',
      chart: (run) => ({
        kind: 'line',
        x: figures.stepAxis(run),
        y: { label: 'Shift since the step before', scale: 'log' },
        series: seriesOf(run.lanes, (lane) => ({
          x: lane.result.frameSteps.slice(1),
          y: shiftBySteps(lane),
          derived: 'mean',
        })),
      }),
    },
  ],
  values: { ...values, inputShift },
  contrast: contrast('problem: trainAccuracy', 'problem: noisyBatchNorm.trainAccuracy', {
    larger: 1.1,
  }),
  tell: (lane, say) =>
    outcome(lane, say, {
      tell: ({ ended, state }) =>
        ended
          ? `training accuracy ${say.percent(values.trainAccuracy(lane))}, inputs that move by ${say.number(inputShift(lane), 2)} of their spread per step`
          : state,
    }),
});
