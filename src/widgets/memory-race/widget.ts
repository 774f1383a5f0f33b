import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  grouped,
  preset,
  solving,
  values,
  type RanLane,
} from '../../kit/training';
import { spreadOf } from '../../kit/spread';
import type { LaneResult } from '../../kit/widget';
import { lanesOf } from './lanes';
import { params } from './params';
import { CHANCE, isUnlearned, SOLVED, solvedStep } from './solved';

const hasSolved = (lane: LaneResult): boolean => solvedStep(lane) < Infinity;

/** The gradient of the memory at time step 1 over that at the last, before the first update. */
const memoryFirstToLast = ({ result }: RanLane): number => {
  const norms = framesOf(result, 'memoryGradientNorm')[0] ?? [];
  return (norms[0] ?? NaN) / (norms.at(-1) ?? NaN);
};

/** Steps in which slow starts show whether they ever solve it. */
const LONG = 300;

const PLAIN = {
  ...{ first: 'rnnUniform', second: 'rnnGaussian', third: 'irnn', fourth: 'rnnOrthogonal' },
} as const;
const OPEN = { first: 'gru0', second: 'lstm1', third: 'gru2', fourth: 'lstm3' } as const;

export default defineTraining({
  id: 'memory-race',
  version: 1,
  title: 'Who remembers longest?',
  summary: 'Up to four recurrent networks learn to name what they were shown many time steps ago.',
  chapter: 'through-time',
  params,
  presets: {
    ...grouped('By the length of the sequence', {
      problem: preset('30 time steps', 'Two plain cells and two LSTMs; half of them fail.'),
      t10: preset('10', 'The same four, with less to remember, over 300 steps.', {
        ...{ length: 10, steps: LONG },
      }),
      t30: preset('30, longer', 'The first setting again, over 300 steps.', { steps: LONG }),
      t60: preset('60', 'Twice as far, over 300 steps.', { length: 60, steps: LONG }),
      t100: preset('100', 'The same four over 100 time steps, in 300 steps.', {
        ...{ length: 100, steps: LONG },
      }),
    }),
    ...grouped('Other weights, gates and truncation', {
      plain: preset('Four starts', 'Plain cells that differ in their weights alone.', {
        ...PLAIN,
        steps: LONG,
      }),
      plain60: preset('Four starts, 60', 'The same over 60 time steps.', {
        ...PLAIN,
        ...{ length: 60, steps: LONG },
      }),
      gates: preset('Gates, closed and open', 'A GRU and an LSTM, half closed and open.', {
        ...OPEN,
        steps: LONG,
      }),
      truncated: preset('Truncated after 20', 'Backpropagation stops short of the class.', {
        ...{ truncation: 20, steps: LONG },
      }),
    }),
  },
  lanes: lanesOf,
  compared: 'all',
  statistics: ['memoryGradientNorm'],
  recorded: { points: 151, frames: 2, seeds: 20 },
  learned: hasSolved,
  overSeeds: (lanes, say) => {
    const solved = lanes.map(solvedStep).filter(Number.isFinite);
    if (solved.length === 0) return '';
    const unlearned = lanes.filter(isUnlearned).length;
    return (
      `Solved at step ${say.number(spreadOf(solved).median)} in the median of these, ` +
      `and un-learned by the end in ${say.count(unlearned)}.`
    );
  },
  figures: [
    {
      id: 'loss',
      title: 'Loss while training',
      caption: ({ count }) =>
        `Cross-entropy of the batches, averaged over the last ${count(solving.WINDOW)} steps. Chance is ln 4; half of it counts as solved.`,
      time: 'course',
      chart: (run) => figures.meanLossChart(run, SOLVED, { scale: 'linear', domain: [0, 2] }),
    },
    figures.byLayer('memoryGradientNorm', {
      id: 'memory',
      title: 'Gradient of the memory by time step, at the start',
      caption:
        'How much of the error at the end reaches each time step before the first update: ‖∂L/∂h‖, of an LSTM ‖∂L/∂c‖. The class is shown at time step 1.',
      at: 'start',
      axis: { label: '‖∂L/∂h‖ or ‖∂L/∂c‖' },
    }),
  ],
  values: {
    finalLoss: values.finalLoss,
    trainAccuracy: values.trainAccuracy,
    firstNonFiniteStep: values.firstNonFiniteStep,
    solvedStep: ({ result }) => solvedStep(result),
    /** 1 where the loss ends above the level of solving although it has been below, else 0. */
    unlearned: ({ result }) => Number(isUnlearned(result)),
    memoryFirstToLast,
  },
  contrast: contrast('problem: lstm0.memoryFirstToLast', 'problem: lstm3.memoryFirstToLast', {
    larger: 1000,
  }),
  describe: ({ lanes, say }) =>
    lanes
      .map((lane) => {
        const step = solvedStep(lane.result);
        const end = solving.meanLoss(lane.result).loss.at(-1);
        const now = end === undefined ? 'not yet known' : say.number(end);
        if (lane.result.firstNonFinite !== null)
          return `${lane.label}: diverged at step ${say.count(lane.result.firstNonFinite.step)}.`;
        if (step === Infinity) return `${lane.label}: not solved, mean loss ${now}.`;
        const lost = isUnlearned(lane.result) ? ', and un-learned it again' : '';
        return `${lane.label}: solved at step ${say.count(step)}${lost}, mean loss ${now}.`;
      })
      .concat(`Chance is ${say.number(CHANCE)}.`)
      .join(' '),
  prediction: {
    ask: 'A class is shown at the first of 30 time steps, then noise. Two plain recurrent networks and two LSTMs learn to name the class at the end. Which of them do?',
    replies: {
      'Both LSTMs, neither plain network':
        'That is what textbooks lead one to expect. Look at the LSTM with the forget bias 0, and at the plain network with orthogonal weights.',
      'One of each': 'Yes, in most draws: the two whose gradient arrives at the first time step.',
      'All four: 30 time steps are few':
        'They are enough for a gradient to fall by a factor of a million. Look at the two curves at chance.',
    },
  },
  challenges: [
    {
      id: 'plain',
      ask: 'Make a plain recurrent network solve 60 time steps or more.',
      hint: 'Four starts are on offer, and seeds differ. It need not be solved at the end.',
      solved: ({ settings, lanes }) =>
        settings.length >= 60 &&
        lanes.some(({ name, result }) => /^(rnn|irnn)/.test(name) && hasSolved(result)),
    },
    {
      id: 'closed',
      ask: 'Make an LSTM with the forget bias 0 solve 20 time steps or more.',
      hint: 'It starts with a gradient that vanishes, and is not stuck for ever.',
      solved: ({ settings, lanes }) =>
        settings.length >= 20 &&
        lanes.some(({ name, result }) => name === 'lstm0' && hasSolved(result)),
    },
  ],
});
