import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  preset,
  solving,
  values,
  type RanLane,
} from '../../kit/training';
import { spreadOf } from '../../kit/spread';
import type { LaneResult } from '../../kit/widget';
import { lanesOf } from './lanes';
import { params } from './params';

/** The variance of the sum of two numbers from U(0, 1): what always answering 1 costs. */
const BASELINE = 1 / 6;
/** A mean loss below a fifth of that counts as solved. */
const SOLVED = BASELINE / 5;

const solvedStep = (lane: LaneResult): number => solving.solvedStep(lane, SOLVED);
const hasSolved = (lane: LaneResult): boolean => solvedStep(lane) < Infinity;

/** The gradient of the memory at time step 1 over that at the last, before the first update. */
const memoryFirstToLast = ({ result }: RanLane): number => {
  const norms = framesOf(result, 'memoryGradientNorm')[0] ?? [];
  return (norms[0] ?? NaN) / (norms.at(-1) ?? NaN);
};

export default defineTraining({
  id: 'adding-problem',
  version: 1,
  title: 'The adding problem',
  summary:
    'Up to four recurrent networks read a sequence of numbers, two of which are marked, and learn to give the sum of the two.',
  chapter: 'gates',
  params,
  presets: {
    problem: preset('Plain cells and gates', 'Two plain starts, a GRU and an LSTM.'),
    starts: preset('Three starts', 'Plain cells alone: uniform, orthogonal, identity.', {
      ...{ first: 'rnnUniform', second: 'rnnOrthogonal', third: 'irnn', fourth: 'none' },
    }),
    cure: preset('Four with gates', 'A GRU and an LSTM, each with its gate further open.', {
      ...{ first: 'gru0', second: 'gru2', third: 'lstm1', fourth: 'lstm3' },
    }),
    long: preset('50 numbers', 'The first four, with more to read.', { length: 50 }),
  },
  lanes: lanesOf,
  compared: 'all',
  statistics: ['memoryGradientNorm'],
  recorded: { points: 126, frames: 2 },
  learned: hasSolved,
  overSeeds: (lanes, say) => {
    const solved = lanes.map(solvedStep).filter(Number.isFinite);
    return solved.length === 0
      ? ''
      : `Solved at step ${say.number(spreadOf(solved).median)} in the median of these.`;
  },
  figures: [
    {
      id: 'loss',
      title: 'Loss while training',
      time: 'course',
      caption: ({ count }) =>
        `Squared error of the batches, averaged over the last ${count(solving.WINDOW)} steps. Always answering 1 costs 1/6; a fifth of that counts as solved.`,
      chart: (run) => figures.meanLossChart(run, SOLVED, { scale: 'log' }),
    },
    figures.byLayer('memoryGradientNorm', {
      id: 'memory',
      title: 'Gradient of the memory by time step, at the start',
      caption:
        'How much of the error at the end reaches each time step before the first update: ‖∂L/∂h‖, of an LSTM ‖∂L/∂c‖. One of the marked numbers stands in the left half.',
      at: 'start',
      axis: { label: '‖∂L/∂h‖ or ‖∂L/∂c‖' },
    }),
  ],
  values: {
    finalLoss: values.finalLoss,
    firstNonFiniteStep: values.firstNonFiniteStep,
    solvedStep: ({ result }) => solvedStep(result),
    memoryFirstToLast,
  },
  contrast: contrast('problem: rnnUniform.finalLoss', 'problem: gru0.finalLoss', { smaller: 2 }),
  describe: ({ lanes, say }) =>
    lanes
      .map(({ label, result }) => {
        if (result.firstNonFinite !== null)
          return `${label}: diverged at step ${say.count(result.firstNonFinite.step)}.`;
        const step = solvedStep(result);
        const now = say.number(solving.meanLoss(result, 0).loss.at(-1) ?? NaN, 2);
        return step === Infinity
          ? `${label}: not solved, mean loss ${now}.`
          : `${label}: solved at step ${say.count(step)}, mean loss ${now}.`;
      })
      .concat(`Always answering 1 costs ${say.number(BASELINE)}.`)
      .join(' '),
  prediction: {
    ask: 'Twenty numbers are read, two of them marked, one in each half. Which of the four networks will learn to give the sum of the marked ones in 500 steps?',
    replies: {
      'The two with gates':
        'These in most draws. Look how long the plain ones stay at 1/6, and whether one gets away.',
      'The orthogonal one and those with gates':
        'The gradient of the orthogonal start arrives, and yet it mostly stays near 1/6: it cannot tell a marked number from others.',
      'All four: 20 time steps are few':
        'For the class of the chapter before they were few. Here each time step has a number of its own to confuse it with.',
    },
  },
  challenges: [
    {
      id: 'plain',
      ask: 'Make a plain recurrent network solve it with 20 numbers or more.',
      hint: 'More steps help, and so does another seed.',
      solved: ({ settings, lanes }) =>
        settings.length >= 20 &&
        lanes.some(({ name, result }) => /^(rnn|irnn)/.test(name) && hasSolved(result)),
    },
    {
      id: 'long',
      ask: 'Make any network solve it with 60 numbers or more.',
      hint: 'It may take 1500 steps.',
      solved: ({ settings, lanes }) =>
        settings.length >= 60 && lanes.some(({ result }) => hasSolved(result)),
    },
  ],
});
