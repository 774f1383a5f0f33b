import { mean } from '../../kit/spread';
import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  grouped,
  outcome,
  preset,
  seriesOf,
  values,
  type RanLane,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params } from './params';

/** Over so many batches at the end a loss is averaged. */
const WINDOW = 20;

/** The mean loss of the last batches; NaN of a run that left the finite numbers. */
const lastLoss = ({ result }: RanLane): number =>
  result.firstNonFinite === null ? mean(result.loss.slice(-WINDOW)) : NaN;

/** The rate of the update that each frame shows. */
const rates = ({ result }: RanLane): number[] =>
  framesOf(result, 'learningRate').map(([rate]) => rate ?? NaN);

export default defineTraining({
  id: 'warm-up',
  version: 1,
  title: 'A rate that rises, and falls',
  summary:
    'The same network at a constant learning rate, with a warm-up before it, and with a decay after it.',
  chapter: 'rates-and-optimizers',
  params,
  presets: {
    ...grouped('The first steps', {
      problem: preset('Warm-up', 'The rate is the same from step 10 on.'),
      lengths: preset('How long?', '2, 5 and 10 steps of warm-up.', { compare: 'lengths' }),
      tooHigh: preset('Too high for good', 'Ten times the rate.', { learningRate: 0.5 }),
      notNeeded: preset('Not needed', 'He’s own weights; 50 steps of warm-up.', {
        ...{ gain: 1, warmUp: 50 },
      }),
    }),
    ...grouped('The last steps', {
      decay: preset('Decay', 'Five layers, He’s own weights, momentum.', {
        ...{ compare: 'decays', gain: 1, depth: 5, optimizer: 'momentum' },
      }),
      cure: preset('Warm-up and decay', 'What each of them adds.', { compare: 'both' }),
    }),
  },
  lanes: lanesOf,
  statistics: ['learningRate'],
  recorded: { points: 100, frames: 60 },
  figures: [
    figures.loss({ cutAbove: 5 }),
    {
      id: 'rate',
      title: 'Learning rate',
      caption: 'The rate η of each step.',
      time: 'course',
      chart: (run) => ({
        kind: 'line',
        x: figures.stepAxis(run),
        y: { label: 'η', scale: 'linear' },
        series: seriesOf(run.lanes, (lane) => ({ x: lane.result.frameSteps, y: rates(lane) })),
      }),
    },
    {
      id: 'norm',
      title: 'Gradient',
      caption: 'The norm of all gradients together, ‖g‖.',
      time: 'course',
      chart: (run) => ({
        kind: 'line',
        x: figures.stepAxis(run),
        y: { label: '‖g‖', scale: 'log' },
        series: seriesOf(run.lanes, ({ result }) => ({
          x: result.frameSteps,
          y: result.globalNorm,
        })),
      }),
    },
  ],
  values: {
    finalLoss: values.finalLoss,
    trainAccuracy: values.trainAccuracy,
    testAccuracy: values.testAccuracy,
    initialLoss: values.initialLoss,
    firstNonFiniteStep: values.firstNonFiniteStep,
    lastLoss,
    initialGlobalNorm: ({ result }) => result.globalNorm[0] ?? NaN,
  },
  contrast: contrast('problem: firstNonFiniteStep', 'problem: cure.firstNonFiniteStep', {
    larger: 100,
  }),
  tell: (lane, say) => outcome(lane, say, { always: true }),
  addition: ({ lanes, steps, say }) => {
    const longest = Math.max(0, ...lanes.map(({ spec }) => spec.schedule?.warmUp ?? 0));
    if (longest < steps) return '';
    return (
      `The warm-up over ${say.count(longest)} steps is not shorter than the run of ${say.count(steps)}: ` +
      `the full rate is never kept, and a decay never begins.`
    );
  },
  prediction: {
    ask: 'At this rate the network overflows within six steps. Will it learn if the rate takes ten steps to rise to it?',
    replies: {
      'No: at the full rate it overflows all the same':
        'The full rate was too large for the start alone. Look at the gradient: it is far smaller by then.',
      'Yes: the start is what it cannot stand':
        'Yes. The first small steps lead down from a steep place, and the full rate fits the rest.',
      'It stays finite, and no more': 'It does more than that: look at the loss.',
    },
  },
  challenges: [
    {
      id: 'highest',
      ask: 'Keep a run with the rate 0.1 or more finite to its end, with weights 1.5 times as large as He’s, ten layers and SGD.',
      hint: 'How long may the warm-up be?',
      solved: ({ settings, lanes }) =>
        settings.learningRate >= 0.1 &&
        settings.gain >= 1.5 &&
        settings.depth >= 10 &&
        settings.optimizer === 'sgd' &&
        lanes.some(
          (lane) => lane.spec.schedule?.warmUp !== undefined && Number.isFinite(lastLoss(lane)),
        ),
    },
  ],
});
