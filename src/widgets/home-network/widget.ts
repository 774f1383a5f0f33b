import {
  contrast,
  defineTraining,
  digits,
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
  summary: 'The size of the initial weights decides whether ten layers learn to read digits.',
  chapter: 'introduction',
  params,
  presets: {
    problem: preset('Vanishing', 'Weights at 0.3 of the healthy size.'),
    cure: preset('Healthy', 'Nothing but the size of the weights changes.', { gain: 1 }),
    exploding: preset('Exploding', 'Weights at 4 times the healthy size.', { gain: 4 }),
  },
  lanes: (settings, say) => {
    const { gain, depth } = settings;
    return [
      {
        name: 'network',
        label: `${depth} tanh layers, gain ${say.number(gain)}`,
        role: gain > 0.7 && gain < 1.5 ? 'cure' : 'problem',
        spec: digits(
          {
            ...{ depth, width: 32, activation: 'tanh' },
            initializer: { kind: 'orthogonal', gain },
            optimizer: { kind: 'momentum', learningRate: 0.01 },
          },
          { batchSize: 32, ...settings },
        ),
      },
    ];
  },
  view: () => import('./View.svelte'),
  learned: learned(LEARNED_ACCURACY),
  figures: [
    figures.layerByStep('signalGradientNorm', {
      id: 'gradient',
      title: 'What reaches each layer, while it trains',
      caption: 'The signal gradient, layer by step. Blue vanishes, red explodes.',
      scale: [-6, -1, 3],
    }),
    figures.loss({ title: 'Loss', caption: 'A network that guesses stays at ln 10.', reaches: 3 }),
  ],
  values,
  contrast: contrast('problem: signalFirstToLast', 'cure: signalFirstToLast', { larger: 1e3 }),
  describe: ({ lanes: [lane], say }) => {
    const { depth, result } = lane!;
    const ratio = values.signalFirstToLast(lane!);
    const condition = ratio < 1e-2 ? 'vanishing' : ratio > 10 ? 'exploding' : 'healthy';
    const start =
      `At the start the signal at layer 1 is ${say.number(ratio, 2)} times that at ` +
      `layer ${depth}: ${condition}.`;
    const step = say.count(result.firstNonFinite?.step ?? result.steps.at(-1)!);
    if (result.firstNonFinite) return `${start} The run stopped at step ${step}.`;
    return result.final
      ? `${start} After ${step} steps it reads ${say.percent(values.testAccuracy(lane!))} of the test images correctly; guessing gives 10%.`
      : `${start} Batch loss ${say.number(result.loss.at(-1)!)} at step ${step}.`;
  },
  prediction: {
    ask: 'The initial weights are at 0.3 of the healthy size, in ten layers. Will 300 steps be enough to learn?',
    replies: {
      'Yes, a little slower':
        'Nine factors of 0.3 leave 0.00002 of the signal on the way back, and the images fade as much on the way forwards.',
      No: 'Run it, then press Healthy: only the size of the weights differs.',
    },
  },
  challenges: [
    {
      id: 'smallest',
      ask: 'Find a size below 0.8 with which the network still reads more than 80 % of the training images.',
      solved: ({ settings, lanes: [lane] }) =>
        settings.gain < 0.8 && values.trainAccuracy(lane!) > LEARNED_ACCURACY,
    },
  ],
});
