import { contrast, defineTraining, figures, grouped, preset, values } from '../../kit/training';
import { gradientByLayer, lossChart, normChart } from './charts';
import { describe } from './describe';
import { lanesOf, twinOf } from './lanes';
import { isDeep, params, type OverflowSettings } from './params';
import { signalFactor, weightFactor } from './theory';
import { nonFiniteLossStep, ownValues } from './values';

/** Version 1 called the scale of the weights their gain, which in the book is √n times their std. */
function toVersion2({ gain, ...old }: Record<string, string>) {
  return gain === undefined ? old : { ...old, 'weight-scale': gain };
}

/** Five layers from He's own weights: what the learning rate alone can do to them. */
const HE = {
  model: 'relu',
  loss: 'softmaxCrossEntropy',
  weightScale: 1,
  depth: 5,
  steps: 200,
} as const;

export default defineTraining({
  id: 'exploding-overflow',
  version: 2,
  migrations: { 2: toVersion2 },
  title: 'An explosion, watched until it overflows',
  summary:
    'Gradient descent above its critical learning rate, and deep networks drawn too large, run until the first number that is not finite.',
  chapter: 'exploding-gradients',
  params,
  presets: {
    ...grouped('Linear regression, around the critical rate', {
      problem: preset('1.05 × critical', 'Linear regression, just above the critical rate.'),
      cure: preset('0.9 × critical', 'The same, below the critical rate.', {
        rate: 0.9,
        compare: 'nothing',
      }),
      justBelow: preset('0.99 × critical', 'One percent below.', { rate: 0.99 }),
      justAbove: preset('1.01 × critical', 'One percent above, and steps enough to see it end.', {
        rate: 1.01,
        steps: 2400,
      }),
      above: preset('1.1 × critical', '', { rate: 1.1 }),
      double: preset('2 × critical', '', { rate: 2, steps: 100 }),
    }),
    ...grouped('Deep ReLU network, by loss', {
      reluMse: preset(
        'Deep ReLU, squared error',
        'Ten hidden layers, 1.5 × He, beside He itself.',
        {
          model: 'relu',
          learningRate: 0.1,
          steps: 200,
        },
      ),
      reluCrossEntropy: preset(
        'Deep ReLU, cross-entropy',
        'The same network and weights; the loss bounds what it sends back.',
        { model: 'relu', loss: 'softmaxCrossEntropy', compare: 'nothing', steps: 200 },
      ),
      reluCrossEntropyDouble: preset(
        'Cross-entropy, 2 × He',
        'Twice He is too much for cross-entropy too.',
        { model: 'relu', loss: 'softmaxCrossEntropy', weightScale: 2, steps: 200 },
      ),
      losses: preset(
        'One network, two losses',
        'Squared error beside cross-entropy: the loss is all that differs.',
        { model: 'relu', learningRate: 0.01, compare: 'loss', steps: 200 },
      ),
    }),
    ...grouped('He’s weights, by learning rate', {
      rising: preset(
        'Learning rate 0.3',
        'Five hidden layers, cross-entropy, a rate at which the loss leaps before it settles.',
        { ...HE, learningRate: 0.3 },
      ),
      risingOn: preset(
        'Learning rate 1',
        'Some seeds overflow; others, like the first, die: a layer is off, and nothing passes below it.',
        { ...HE, learningRate: 1 },
      ),
      risingFurther: preset('Learning rate 3', 'The same at ten times the rate 0.3.', {
        ...HE,
        learningRate: 3,
      }),
      fullBatch: preset(
        'Rate 0.3, all digits at once',
        'All 1437 digits in every step, learning rate 0.3: nothing is random after the start, and still the loss leaps.',
        { ...HE, learningRate: 0.3, batch: 'all' },
      ),
    }),
    ...grouped('Tanh beside ReLU', {
      activations: preset(
        'ReLU beside tanh',
        'Ten hidden layers, 4 × He or Glorot, learning rate 3: one overflows, the other saturates.',
        {
          model: 'relu',
          loss: 'softmaxCrossEntropy',
          weightScale: 4,
          learningRate: 3,
          compare: 'tanh',
          steps: 200,
        },
      ),
      tanh: preset(
        'Tanh saturates instead',
        'Ten hidden tanh layers, 4 × Glorot, learning rate 3.',
        {
          model: 'tanh',
          loss: 'softmaxCrossEntropy',
          weightScale: 4,
          learningRate: 3,
          compare: 'nothing',
          steps: 200,
        },
      ),
    }),
  },
  lanes: lanesOf,
  learned: ({ final, loss }) => (final?.trainLoss ?? Infinity) < 0.5 * (loss[0] ?? NaN),
  // Full-batch descent from zero has nothing that a seed could change.
  seeded: isDeep,
  figures: [
    {
      id: 'loss',
      title: 'Loss until it overflows',
      caption:
        'On a logarithmic axis a growth by a constant factor is a straight line. The rows above the axis hold what is not finite.',
      time: 'course',
      chart: lossChart,
    },
    {
      id: 'global-norm',
      title: 'Size of the whole gradient',
      caption: 'The norm of all gradients together, at the steps that were looked at.',
      time: 'course',
      chart: normChart,
    },
    gradientByLayer(
      'signalGradientNorm',
      signalFactor,
      'What the backward pass carries: within one pass the factors of the layers multiply. At the step shown, or the last before the run broke.',
    ),
    gradientByLayer(
      'weightGradientNorm',
      weightFactor,
      'What moves the weights: signal gradient times the activation below. In a ReLU network the growth of both makes it large in every layer alike.',
    ),
    figures.layerByStep('signalGradientNorm', {
      title: 'Layer by step: the chosen network',
      caption:
        'The signal gradient of every layer, up to the step at which the run broke, if it did: that may be after a few columns. Layer 1 is the lowest row.',
      steps: 'own',
      scale: [-8, 0, 8],
      shown: isDeep,
    }),
    figures.layerByStep('signalGradientNorm', {
      lane: 'last',
      title: 'Layer by step: the network beside it',
      caption: 'The same for the network that it is compared with, over all of its own steps.',
      steps: 'own',
      scale: [-8, 0, 8],
      shown: (settings: OverflowSettings) => isDeep(settings) && twinOf(settings) !== undefined,
    }),
  ],
  values: { ...values, ...ownValues },
  contrast: contrast('problem: nonFiniteLossStep', 'cure: nonFiniteLossStep', { larger: 10 }),
  describe,
  prediction: {
    ask: 'A linear model’s learning rate is 5% above the critical one, and its loss starts at 0.1. When does the loss overflow float32?',
    replies: {
      'Within ten steps':
        'The error grows by a tenth at each step: ten steps make it 2.6 times as large.',
      'After some hundreds of steps':
        'Yes: ln(1.8 × 10¹⁹)/ln 1.1 is 465, and the run ends within a few percent of it.',
      'Never, five percent is too little':
        'Any factor above 1 overflows in the end; only the number of steps depends on it.',
    },
  },
  challenges: [
    {
      id: 'slow-overflow',
      ask: 'Make the linear model overflow, but only after more than 1000 steps.',
      hint: 'Solve ln(1.8 × 10¹⁹)/ln|1 − ηλ| > 1000, and give it steps enough.',
      solved: ({ settings, lanes: [chosen] }) => {
        const step = nonFiniteLossStep(chosen!);
        return !isDeep(settings) && step > 1000 && Number.isFinite(step);
      },
    },
    {
      id: 'cross-entropy-overflow',
      ask: 'Make a ReLU network overflow although it is trained with cross-entropy.',
      hint: '1.5 × He is not enough at this depth.',
      solved: ({ settings: { model, loss }, lanes: [chosen] }) =>
        model === 'relu' &&
        loss === 'softmaxCrossEntropy' &&
        chosen!.result.firstNonFinite !== null,
    },
    {
      id: 'loud-tanh',
      ask: 'Train a tanh network at a learning rate of at least 3 to its end without one number that is not finite.',
      hint: 'It is harder to fail.',
      solved: ({ settings: { model, learningRate }, lanes: [chosen] }) =>
        model === 'tanh' && learningRate >= 3 && chosen!.result.final !== null,
    },
  ],
});
