import type { LineChartSpec } from '../../kit/charts/spec';
import {
  contrast,
  counting,
  defineTraining,
  figures,
  framesOf,
  grouped,
  preset,
  seriesOf,
  type Run,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type TimeSettings } from './params';
import { theoryOf } from './theory';
import { firstTimeStepShare, memoryFirstToLast, timeValues } from './values';

const timeAxis: LineChartSpec['x'] = { label: 'Time step', scale: 'linear', integer: true };

/** A statistic of every time step in the latest frame. */
const overTime = (
  { lanes }: Run<TimeSettings>,
  statistic: string,
  label: string,
): LineChartSpec => ({
  kind: 'line',
  x: timeAxis,
  y: { label, scale: 'log' },
  series: seriesOf(lanes, (lane) => {
    const y = framesOf(lane.result, statistic).at(-1) ?? [];
    return { mark: 'both', x: counting(y.length), y };
  }),
});

const hasLstm = ({ first, second, third, fourth }: TimeSettings): boolean =>
  [first, second, third, fourth].some((name) => name.startsWith('lstm'));

/** No other cell beside those that a preset names. */
const alone = { second: 'none', third: 'none', fourth: 'none' } as const;

export default defineTraining({
  id: 'time-gradient',
  version: 1,
  title: 'The gradient, time step by time step',
  summary:
    'Recurrent networks side by side: how much of the error at the end reaches each earlier time step, and what each adds to the weights’ gradient.',
  chapter: 'through-time',
  params,
  presets: {
    problem: preset('Four starts', 'Plain cells that differ in how their weights start.'),
    bound: preset(
      'With its bound',
      'The uniform start alone, and the bound by its singular value.',
      {
        ...alone,
      },
    ),
    cure: preset('Gates', 'LSTMs with three biases of the forget gate, beside the plain cell.', {
      ...{ first: 'rnnUniform', second: 'lstm0', third: 'lstm1', fourth: 'lstm3' },
    }),
    exploding: preset(
      'Weights twice as large',
      'Gaussian and orthogonal recurrent weights, times 2.',
      {
        ...{
          first: 'rnnGaussian',
          second: 'rnnOrthogonal',
          third: 'none',
          fourth: 'none',
          gain: 2,
        },
      },
    ),
    truncated: preset('Truncated', 'Backpropagation stops after ten time steps.', {
      ...{ first: 'rnnUniform', second: 'rnnOrthogonal', third: 'none', fourth: 'none' },
      truncation: 10,
    }),
    ...grouped('Overflow', {
      breaking: preset(
        'It breaks',
        'The IRNN with weights 3 times as large: over 100 time steps its state overflows.',
        {
          ...{ first: 'irnn', second: 'rnnOrthogonal', third: 'none', fourth: 'none' },
          ...{ gain: 3, length: 100, steps: 10 },
        },
      ),
    }),
  },
  lanes: lanesOf,
  compared: 'all',
  statistics: ['memoryGradientNorm', 'timeStepGradientNorm', 'spectralNorm', 'spectralRadius'],
  recorded: { points: 60, frames: 12 },
  figures: [
    {
      id: 'memory',
      title: 'Gradient of the memory by time step',
      time: 'moment',
      caption:
        'How much of the error at the end reaches each time step: ‖∂L/∂h‖, of an LSTM ‖∂L/∂c‖. Read it from right to left, as the gradient goes. Theory: of a plain cell an upper bound, of an LSTM the way through the cell alone. What is measured may be larger than that, since other ways add to it.',
      chart: (run) => {
        const chart = overTime(run, 'memoryGradientNorm', '‖∂L/∂h‖ or ‖∂L/∂c‖');
        return { ...chart, series: [...chart.series, ...theoryOf(run.lanes)] };
      },
    },
    {
      id: 'contribution',
      title: 'What each time step adds to the gradient',
      time: 'moment',
      caption:
        'The weights are the same at every time step, so their gradient is a sum over the time steps: here the size of each term. Of recall the first one counts, since the class is shown there.',
      chart: (run) => overTime(run, 'timeStepGradientNorm', '‖term of the gradient‖'),
    },
    {
      id: 'whole',
      title: 'The whole gradient, and the term of time step 1',
      time: 'course',
      caption:
        'Lines: the norm of the whole gradient, as you would log it. Points: the term that the first time step adds.',
      chart: (run) => ({
        kind: 'line',
        x: figures.stepAxis(run),
        y: { label: 'Norm', scale: 'log' },
        series: [
          ...seriesOf(run.lanes, ({ result, label }) => ({
            ...{ label: `whole, ${label}`, x: result.frameSteps, y: result.globalNorm },
          })),
          ...seriesOf(run.lanes, ({ name, result, label }) => ({
            ...{ id: `${name}-first`, label: `time step 1, ${label}`, mark: 'points' },
            x: result.frameSteps,
            y: framesOf(result, 'timeStepGradientNorm').map(([first]) => first ?? NaN),
          })),
        ],
      }),
    },
    figures.byLayer('signalGradientNorm', {
      id: 'state',
      title: 'Gradient of the output h by time step',
      caption: 'The same for ‖∂L/∂h‖ of every cell, at the step shown.',
      axis: { label: '‖∂L/∂h‖' },
      shown: hasLstm,
    }),
    figures.layerByStep('memoryGradientNorm', {
      title: 'Time step by step: the first network',
      caption:
        'The gradient of the memory at every time step while the network trains; the first time step is the lowest row.',
      axis: { label: 'Time step' },
    }),
    figures.layerByStep('memoryGradientNorm', {
      ...{ lane: 'last', title: 'Time step by step: the last network' },
      caption: 'The same for the last of the networks.',
      axis: { label: 'Time step' },
    }),
    figures.loss({
      caption: 'Cross-entropy of each batch. At chance it is ln 4: the network guesses.',
    }),
  ],
  values: timeValues,
  contrast: contrast(
    'problem: rnnUniform.memoryFirstToLast',
    'problem: rnnOrthogonal.memoryFirstToLast',
    {
      larger: 30,
    },
  ),
  describe: ({ lanes, say }) => {
    const told = lanes.flatMap((lane) => {
      if (lane.result.frameSteps.length === 0) return [];
      const share = firstTimeStepShare(lane, 0);
      if (Number.isNaN(share)) return `${lane.label}: its numbers are not finite`;
      return (
        `${lane.label}: the gradient at time step 1 is ${say.number(memoryFirstToLast(lane), 2)} times that at the last; ` +
        `time step 1 adds ${say.number(share, 2)} of the weights’ gradient`
      );
    });
    return told.length === 0 ? '' : `Before the first step. ${told.join('. ')}.`;
  },
  prediction: {
    ask: 'A plain recurrent network with PyTorch’s default start reads 30 numbers. How much of the gradient at the last time step arrives at the first?',
    replies: {
      'About a thirtieth':
        'It does not fall in proportion to the distance. Look at the steepest line, from right to left.',
      'About a thousandth':
        'That would be a factor of 0.8 per time step. Look at the steepest line.',
      'Less than a hundred-thousandth':
        'Yes, in most draws of the weights: each time step takes away about four tenths.',
    },
  },
  challenges: [
    {
      id: 'level',
      ask: 'Find a plain cell whose gradient over 60 time steps changes by less than a factor of 10.',
      hint: 'Orthogonal weights lose only what tanh takes. What does a factor a little above 1 do?',
      solved: ({ settings, lanes }) =>
        settings.length >= 60 &&
        settings.truncation === 0 &&
        lanes.some((lane) => {
          const ratio = memoryFirstToLast(lane);
          return !/^(lstm|gru)/.test(lane.name) && ratio > 0.1 && ratio < 10;
        }),
    },
    {
      id: 'grow',
      ask: 'Make the gradient of an LSTM’s cell at time step 1 more than ten times that at the last.',
      hint: 'An open forget gate keeps what is there, and the other ways add to it.',
      solved: ({ lanes }) =>
        lanes.some((lane) => lane.name.startsWith('lstm') && memoryFirstToLast(lane) > 10),
    },
  ],
});
