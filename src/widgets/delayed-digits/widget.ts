import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  preset,
  runningMean,
  seriesOf,
  values,
  type RanLane,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type DelayedSettings } from './params';

/** Steps that a curve is averaged over, so that four of them can be told apart. */
const WINDOW = 20;

/** Time steps that the image takes. */
const imageLength = ({ order }: DelayedSettings): number => (order === 'row' ? 8 : 64);

/** The gradient of the memory at the end of the image over that at the last time step, before the first update. */
const memoryImageToLast = ({ result }: RanLane, settings: DelayedSettings): number => {
  const norms = framesOf(result, 'memoryGradientNorm')[0] ?? [];
  return (norms[imageLength(settings) - 1] ?? NaN) / (norms.at(-1) ?? NaN);
};

const CELLS = { first: 'rnnOrthogonal', second: 'irnn', third: 'lstm3', fourth: 'gru2' } as const;

export default defineTraining({
  id: 'delayed-digits',
  version: 1,
  title: 'A digit, and then nothing',
  summary:
    'Up to four recurrent networks see a handwritten digit row by row, wait for some empty time steps, and have to name it.',
  chapter: 'gates',
  params,
  presets: {
    problem: preset('20 empty time steps', 'Two plain starts, an LSTM half closed, a GRU open.'),
    none: preset('None', 'The same four, asked right after the last row.', { delay: 0 }),
    cure: preset('Gates, closed and open', 'GRU and LSTM, each half closed and open.', {
      ...{ first: 'lstm0', second: 'gru0', third: 'lstm3', fourth: 'gru2' },
    }),
    plain: preset('Four starts', 'Plain cells that differ in how their weights start.', {
      ...{ first: 'rnnUniform', second: 'rnnGaussian', third: 'irnn', fourth: 'rnnOrthogonal' },
    }),
    pixels: preset('Pixel by pixel', '64 time steps of one pixel each, and no waiting.', {
      ...{ ...CELLS, order: 'pixel', delay: 0 },
    }),
  },
  lanes: lanesOf,
  compared: 'all',
  statistics: ['memoryGradientNorm'],
  recorded: { points: 101, frames: 2 },
  figures: [
    {
      id: 'accuracy',
      title: 'Accuracy while training',
      time: 'course',
      caption: ({ count }) =>
        `Share of each batch that is named right, averaged over the last ${count(WINDOW)} steps. Guessing gives a tenth.`,
      chart: (run) => ({
        kind: 'line',
        x: figures.stepAxis(run),
        y: { label: 'Accuracy', scale: 'linear', domain: [0, 1] },
        series: seriesOf(run.lanes, ({ result }) => ({
          ...{ x: result.steps, derived: 'mean' },
          y: runningMean(result.steps, result.accuracy, WINDOW),
        })),
        references: [{ axis: 'y', at: 0.1, label: 'chance' }],
      }),
    },
    {
      id: 'memory',
      title: 'Gradient of the memory by time step, at the start',
      caption:
        'How much of the error at the end reaches each time step before the first update: ‖∂L/∂h‖, of an LSTM ‖∂L/∂c‖. Right of the line there is nothing to see.',
      chart: (run) => ({
        ...figures.layerChart(run, 'memoryGradientNorm', {
          ...{ at: 'start', axis: { label: '‖∂L/∂h‖ or ‖∂L/∂c‖' } },
        }),
        references: [{ axis: 'x', at: imageLength(run.settings), label: 'image ends' }],
      }),
    },
    figures.loss({
      caption: 'Cross-entropy of each batch. A network that guesses is at ln 10.',
      cutAbove: 4,
    }),
  ],
  values: {
    finalLoss: values.finalLoss,
    trainAccuracy: values.trainAccuracy,
    testAccuracy: values.testAccuracy,
    firstNonFiniteStep: values.firstNonFiniteStep,
    memoryImageToLast: (lane, { settings }) => memoryImageToLast(lane, settings),
  },
  contrast: contrast('problem: rnnUniform.testAccuracy', 'problem: gru2.testAccuracy', {
    larger: 1.2,
  }),
  prediction: {
    ask: 'The last row of the image is followed by 20 empty time steps. Four networks have 300 steps to learn. Which of them will name the most digits?',
    replies: {
      'The LSTM':
        'Its forget gate starts half closed. Look at what its gradient does on the way back.',
      'The GRU whose gate starts open':
        'Yes. What its gate keeps is there when the question comes, and the gradient finds its way back.',
      'All about the same':
        'They are, when they are asked at once: press None. The waiting tells them apart.',
    },
  },
  challenges: [
    {
      id: 'wait',
      ask: 'Make a network name more than 85% of the test digits after 40 empty time steps or more.',
      hint: 'The further open its gate starts, the longer it can wait.',
      solved: ({ settings, lanes }) =>
        settings.delay >= 40 && lanes.some((lane) => values.testAccuracy(lane) > 0.85),
    },
  ],
});
