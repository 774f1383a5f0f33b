import {
  contrast,
  atStart,
  defineTraining,
  figures,
  grouped,
  learned,
  preset,
  seriesOf,
  values,
  type RanLane,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { latestLoss, LOSS_TOP, meanLossChart, WINDOW } from './loss';
import { params } from './params';
import { trainingIn } from '../../kit/words/networks';

const hasLearned = learned(0.8);

/** A statistic of the last hidden layer before training. */
const lastHidden = (statistic: string) => (lane: RanLane) =>
  atStart(statistic)(lane)[lane.depth - 1] ?? NaN;
const preActivationCosine = lastHidden('preActivationCosine');

const gain = ({ spec: { network } }: RanLane) =>
  network.kind === 'mlp' && 'gain' in network.initializer ? (network.initializer.gain ?? 1) : 1;

/** Of hidden layers, before training. */
const profile = { at: 'start', layers: 'hidden', mark: 'line' } as const;

export default defineTraining({
  id: 'activation-race',
  version: 1,
  title: 'A race of activation functions',
  summary:
    'The same deep network, once for each activation function, each with its own gain and its own best learning rate.',
  chapter: 'activation-functions',
  params,
  presets: {
    ...grouped('Sigmoid, ReLU and tanh', {
      problem: preset('Three functions, 10 layers', 'Sigmoid, ReLU and tanh, and few steps.'),
      deep: preset('Three functions, 20 layers', 'Twice as deep, and 400 steps.', {
        depth: 20,
        steps: 400,
      }),
    }),
    ...grouped('Every activation function', {
      cure: preset(
        'All, 20 layers',
        'Every activation function, twenty hidden layers, 400 steps.',
        {
          depth: 20,
          field: 'all',
          steps: 400,
        },
      ),
      depth10: preset('All, 10 layers', '', { field: 'all', steps: 400 }),
      depth5: preset('All, 5 layers', '', { depth: 5, field: 'all', steps: 400 }),
      adam: preset('All, trained by Adam', '20 layers, with Adam in the place of momentum.', {
        depth: 20,
        field: 'all',
        optimizer: 'adam',
        steps: 400,
      }),
      orthogonal: preset('All, from orthogonal weights', '20 layers, from orthogonal matrices.', {
        depth: 20,
        field: 'all',
        weights: 'orthogonal',
        steps: 400,
      }),
    }),
  },
  lanes: lanesOf,
  compared: 'all',
  statistics: ['preActivationCosine', 'preActivationStd'],
  recorded: { points: 36, frames: 2, seeds: 20 },
  learned: hasLearned,
  figures: [
    {
      id: 'loss',
      title: 'Loss while training',
      caption: ({ words, number, count }) =>
        `Cross-entropy of the batches, averaged over the last ${count(WINDOW)} steps. Chance is ln 10. ` +
        trainingIn(words).loss.cut(number(LOSS_TOP)),
      time: 'course',
      chart: meanLossChart,
    },
    figures.byLayer('preActivationCosine', {
      id: 'alike',
      title: 'How alike the images have become, before training',
      caption:
        'The mean cosine between the pre-activations of two images of a batch, layer by layer. At 1 every image points the same way.',
      ...profile,
      axis: { scale: 'linear' },
    }),
    figures.byLayer('signalGradientNorm', {
      id: 'signal',
      title: 'Signal gradient by layer, before training',
      caption: 'How much of the error reaches each layer, ‖∂L/∂z‖, before the first update.',
      ...profile,
    }),
    figures.byLayer('preActivationStd', {
      id: 'size',
      title: 'Size of the pre-activations by layer, before training',
      caption:
        'Their standard deviation on the first batch. The gain is to keep it near 1; not every function lets it.',
      ...profile,
    }),
    {
      id: 'outcome',
      title: 'Does alike mean slow?',
      caption:
        'Training loss at the end against the mean cosine in the last hidden layer before training: one point for each function.',
      chart: ({ lanes, say }) => ({
        kind: 'line',
        x: { label: 'Mean cosine in the last hidden layer', scale: 'linear' },
        y: { label: 'Training loss', scale: 'log' },
        series: seriesOf(lanes, (lane) => {
          const end = lane.result.final;
          const [x, y] = end ? [[preActivationCosine(lane)], [end.trainLoss]] : [[], []];
          return { mark: 'points', x, y };
        }),
        references: figures.chanceReference({ lanes, say }),
      }),
    },
  ],
  values: {
    ...values,
    preActivationCosine,
    preActivationStd: lastHidden('preActivationStd'),
    gain,
    learningRate: ({ spec }) => spec.optimizer.learningRate,
  },
  comparisons: (named) => {
    const overTanh = (racer: string) =>
      Number(named[`${racer}.finalLoss`]) / Number(named['tanh.finalLoss']);
    return {
      reluOverTanh: overTanh('relu'),
      ...('sigmoidRecentred.finalLoss' in named && {
        recentredOverTanh: overTanh('sigmoidRecentred'),
      }),
    };
  },
  contrast: contrast('problem: sigmoid.finalLoss', 'cure: elu.finalLoss', { smaller: 10 }),
  describe: ({ lanes, say }) => {
    const ended = lanes.every(({ result }) => result.final ?? result.firstNonFinite);
    const ranked = lanes
      .map(({ label, result }) => ({ label, loss: latestLoss(result) }))
      .sort((a, b) => a.loss - b.loss)
      .map(({ label, loss }) => `${label} ${loss === Infinity ? 'diverged' : say.number(loss)}`);
    const what = ended ? 'Training loss at the end' : 'Loss of the latest batches';
    return `${what}, best first: ${ranked.join(', ')}. Chance is ${say.number(Math.log(10))}.`;
  },
  prediction: {
    ask: 'A deep network, each function with its right gain and its best learning rate. Which ends with the smallest loss?',
    replies: {
      Sigmoid: 'It never leaves chance at these depths; its gradient vanishes.',
      ReLU: 'It beats the sigmoid, as everybody says. Now look at the third curve.',
      Tanh: 'Yes, in the median of twenty recorded seeds, at each depth here. In single runs the order can turn.',
    },
  },
  challenges: [
    {
      id: 'overtake',
      ask: 'Make ReLU end ahead of tanh, both with a training loss below 0.1.',
      hint: 'In a network that is not too deep, smaller steps cost tanh more than ReLU.',
      solved: ({ lanes }) => {
        const loss = (racer: string) =>
          lanes.find(({ name }) => name === racer)?.result.final?.trainLoss ?? NaN;
        return loss('relu') < loss('tanh') && loss('tanh') < 0.1;
      },
    },
    {
      id: 'sigmoid',
      ask: 'Make a sigmoid network with at least ten hidden layers learn (training accuracy 80%).',
      hint: 'The slope of ¼ and the mean of ½ can both be undone in the weights. Look among all functions.',
      solved: ({ settings, lanes }) =>
        settings.depth >= 10 &&
        lanes.some(({ name, result }) => name.startsWith('sigmoid') && hasLearned(result)),
    },
  ],
});
