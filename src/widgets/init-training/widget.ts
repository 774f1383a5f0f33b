import {
  contrast,
  atStart,
  defineTraining,
  figures,
  grouped,
  outcome,
  preset,
  values,
  type RanLane,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type InitSettings } from './params';

/** Runs of no more steps are there for the profile of the start alone. */
const PROFILE = 20;
const trained = ({ steps }: InitSettings) => steps > PROFILE;

/** The gains that courses show; one learning rate at which depth alone decides. */
const SLIDES = { compare: 'slides', width: 64, learningRate: 0.005 } as const;
/** Glorot and Bengio’s network, as drawn. */
const GLOROT = {
  initializer: 'standard',
  beside: 'glorotUniform',
  ...{ depth: 5, width: 1000, learningRate: 0.0005, steps: 1 },
} as const;

const initialActivationStd = atStart('activationStd');

function activationLastToFirst(lane: RanLane): number {
  const std = initialActivationStd(lane);
  return (std[lane.depth - 1] ?? NaN) / (std[0] ?? NaN);
}

export default defineTraining({
  id: 'init-training',
  version: 1,
  title: 'One network, many starts',
  summary:
    'The same deep network learns handwritten digits from weights drawn by different rules, on the same batches.',
  chapter: 'weight-initialization',
  params,
  presets: {
    ...grouped('Ten layers, tanh', {
      problem: preset(
        'Small random numbers',
        'Ten tanh layers, std 0.01 beside an orthogonal start.',
      ),
      sizes: preset(
        'Fixed sizes',
        'Zeros, and normal numbers of std 0.01, 0.05, 0.4 and 1, beside Glorot’s rule.',
        { compare: 'sizes' },
      ),
      cure: preset(
        'Cure: calibrated rules',
        'Six rules that look at the width of a layer, under tanh.',
        { compare: 'rules' },
      ),
    }),
    ...grouped('Ten layers, ReLU', {
      sizesRelu: preset('Fixed sizes, ReLU', 'The same sizes under ReLU.', {
        activation: 'relu',
        compare: 'sizes',
      }),
      rulesRelu: preset('Calibrated rules, ReLU', 'The same rules under ReLU.', {
        activation: 'relu',
        compare: 'rules',
      }),
    }),
    ...grouped('Four gains, 6 and 30 layers', {
      slides: preset(
        'Four gains, 6 layers',
        'Six tanh layers of 64 units, from gains of 0.64 to 3.2.',
        {
          ...SLIDES,
          depth: 6,
        },
      ),
      slidesDeep: preset('Four gains, 30 layers', 'The same with 30 layers: tanh.', {
        ...SLIDES,
        depth: 30,
      }),
      slidesRelu: preset(
        'Four gains, 6 layers, ReLU',
        'The same gains under ReLU, with six layers.',
        {
          ...SLIDES,
          activation: 'relu',
          depth: 6,
        },
      ),
      slidesDeepRelu: preset(
        'Four gains, 30 layers, ReLU',
        'The same gains under ReLU, with 30 layers.',
        { ...SLIDES, activation: 'relu', depth: 30 },
      ),
    }),
    ...grouped('The network of Glorot and Bengio', {
      glorot: preset(
        'Tanh, 1000 units per layer',
        'Five tanh layers of 1000 units as drawn: the usual rule of 2010 beside the new one.',
        GLOROT,
      ),
      glorotSigmoid: preset(
        'Sigmoid, 1000 units per layer',
        'Glorot’s rule does not save a sigmoid.',
        {
          ...GLOROT,
          activation: 'sigmoid',
        },
      ),
    }),
  },
  lanes: lanesOf,
  statistics: ['activationStd'],
  figures: [
    figures.loss({ cutAbove: 6, shown: trained }),
    figures.byLayer('activationStd', { id: 'activations', at: 'start', layers: 'hidden' }),
    figures.byLayer('activationStd', {
      id: 'activations-trained',
      title: 'Activations by layer at the step shown',
      caption:
        'The same while training. Biases that have learned to differ from unit to unit count here too: a layer can show a spread although nothing of the input reaches it.',
      layers: 'hidden',
      at: 'end',
      shown: trained,
    }),
    figures.byLayer('signalGradientNorm', {
      title: 'Back-propagated gradients by layer at the start',
      caption: 'The signal gradient, ‖∂L/∂z‖, before the first step; the last layer is the output.',
      at: 'start',
    }),
    figures.byLayer('signalGradientNorm', {
      id: 'signal-gradient-trained',
      title: 'Back-propagated gradients by layer at the step shown',
      caption: 'The same while training.',
      at: 'end',
      shown: trained,
    }),
    figures.byLayer('weightGradientNorm', {
      title: 'Weight gradients by layer',
      caption: 'What moves the weights of each layer, ‖∂L/∂W‖, at the step shown.',
    }),
  ],
  values: { ...values, initialActivationStd, activationLastToFirst },
  contrast: contrast('problem: activationLastToFirst', 'problem: cure.activationLastToFirst', {
    larger: 1e8,
  }),
  // What one step has learned is not worth a sentence.
  tell: (lane, say) => (lane.spec.steps > PROFILE ? outcome(lane, say) : ''),
  addition: ({ settings, lanes, say }) => {
    const profile = lanes.map((lane) => {
      const ratio = activationLastToFirst(lane);
      return `${lane.label}: ${Number.isNaN(ratio) ? 'both are exactly 0' : say.number(ratio, 2)}`;
    });
    return (
      `Activations of layer ${settings.depth} at the start, as multiples of those of ` +
      `layer 1: ${profile.join('; ')}.`
    );
  },
  prediction: {
    ask: 'Ten tanh layers of 32 units, weights of standard deviation 0.01. How large are the activations of layer 10 before training?',
    replies: {
      'About a hundredth':
        'One layer costs more than that. Run it and look at the activations by layer.',
      'About a millionth':
        'A layer multiplies by 0.01 · √32, about 0.06, and there are nine of them to cross.',
      'Less than a thousand millionth':
        'Yes: nine factors of about 0.06 are some eleven powers of ten.',
    },
  },
  challenges: [
    {
      id: 'twenty',
      ask: 'Train a network with 20 hidden layers to a test accuracy of 80%, with any rule and learning rate.',
      hint: 'Tanh, a rule that preserves lengths, and a smaller learning rate.',
      solved: ({ settings, lanes }) =>
        settings.depth >= 20 && lanes.some((lane) => values.testAccuracy(lane) >= 0.8),
    },
    {
      id: 'slide',
      ask: 'It is said that ReLU with weights of std 1/√n does not learn. Train one with ten layers to a test accuracy of 60%.',
      hint: 'The rule is LeCun’s.',
      solved: ({ settings: { activation, depth }, lanes }) =>
        activation === 'relu' &&
        depth >= 10 &&
        lanes.some(
          (lane) =>
            lane.spec.network.kind === 'mlp' &&
            lane.spec.network.initializer.kind === 'leCunNormal' &&
            values.testAccuracy(lane) >= 0.6,
        ),
    },
  ],
});
