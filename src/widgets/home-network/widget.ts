import {
  contrast,
  defineTraining,
  digits,
  exampleOf,
  figures,
  learned,
  preset,
  values,
} from '../../kit/training';
import { params } from './params';

const LEARNED_ACCURACY = 0.8;

export default defineTraining({
  id: 'home-network',
  version: 1,
  title: 'Break a network, and mend it',
  summary:
    'It learns to read handwriting here, in your browser. The numbers it starts with, its weights, decide whether it can.',
  chapter: 'introduction',
  params,
  presets: {
    problem: preset(
      'Too small',
      'The error fades out on its way back, so the first layers never hear what went wrong.',
    ),
    cure: preset(
      'Just right',
      'The error reaches every layer about as strong as it left, and the network learns.',
      { gain: 1 },
    ),
    exploding: preset(
      'Too large',
      'The error grows from layer to layer until the numbers are too large for the machine.',
      { gain: 4 },
    ),
  },
  lanes: (settings, say) => {
    const { gain, depth, digit } = settings;
    return [
      {
        name: 'network',
        label: `${depth} layers, weights ${say.number(gain)}`,
        role: gain > 0.7 && gain < 1.5 ? 'cure' : 'problem',
        spec: {
          ...digits(
            {
              ...{ depth, width: 16, activation: 'selu' },
              initializer: { kind: 'orthogonal', gain },
              optimizer: { kind: 'momentum', learningRate: 0.01 },
            },
            { batchSize: 32, ...settings },
          ),
          examples: [exampleOf(digit)],
        },
      },
    ];
  },
  view: () => import('./View.svelte'),
  learned: learned(LEARNED_ACCURACY),
  figures: [
    figures.living({ title: 'One handwritten digit in a network that learns' }),
    figures.layerByStep('signalGradientNorm', {
      id: 'gradient',
      title: 'What reaches each layer, while it trains',
      caption: 'The signal gradient, layer by step. Blue vanishes, red explodes.',
      scale: [-5, -1, 3],
    }),
    figures.loss({ title: 'Loss', caption: 'A network that guesses stays at ln 10.', reaches: 3 }),
  ],
  values,
  recorded: { frames: 16 },
  contrast: contrast('problem: signalFirstToLast', 'cure: signalFirstToLast', { larger: 1e3 }),
  describe: ({ lanes: [lane], say }) => {
    const { depth, result } = lane!;
    const ratio = values.signalFirstToLast(lane!);
    const condition = ratio < 1e-2 ? 'vanishing' : ratio > 10 ? 'exploding' : 'healthy';
    const start =
      `Before the first step the signal at layer 1 is ${say.number(ratio, 2)} times that at ` +
      `layer ${depth}: ${condition}.`;
    const step = say.count(result.firstNonFinite?.step ?? result.steps.at(-1)!);
    if (result.firstNonFinite) return `${start} The run broke off at step ${step}.`;
    return result.final
      ? `${start} After ${step} steps it reads ${say.percent(values.testAccuracy(lane!))} of the images right that it has never seen; guessing gives 10%.`
      : `${start} Batch loss ${say.number(result.loss.at(-1)!)} at step ${step}.`;
  },
  prediction: {
    ask: 'The network starts with numbers at a fifth of the size that suits it. Will 300 steps be enough to learn?',
    replies: {
      'Yes, a little slower':
        'It would, if every layer heard of the error. At this size next to nothing of it reaches the first ones.',
      No: 'Run it, then press Just right: nothing but the size of the weights differs.',
    },
  },
  challenges: [
    {
      id: 'smallest',
      ask: 'Find a size below 0.8 with which the network still reads more than 80% of the training images.',
      solved: ({ settings, lanes: [lane] }) =>
        settings.gain < 0.8 && values.trainAccuracy(lane!) > LEARNED_ACCURACY,
    },
  ],
});
