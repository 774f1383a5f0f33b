import { fixedPoint } from '../../engine/closedForms';
import {
  contrast,
  defineTraining,
  figures,
  finalWeightGradientNorm,
  preset,
  stepsUntilLoss,
  values,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params } from './params';

/** Of a wide sigmoid network with weights of variance 1/fanIn and no biases: √χ a layer. */
const FACTOR = Math.sqrt(fixedPoint('sigmoid', 1, 0).chi);

export default defineTraining({
  id: 'vanishing-depth',
  version: 1,
  title: 'Depth makes the gradient vanish',
  summary:
    'A deep sigmoid network and a second one learn handwritten digits side by side, on the same batches.',
  chapter: 'vanishing-gradients',
  params,
  presets: {
    problem: preset('Problem', 'Ten hidden layers beside two: nothing else differs.'),
    cure: preset('Cure: tanh', 'Activation, initialization and learning rate change.', {
      compare: 'tanh',
    }),
    cureRelu: preset(
      'Cure: ReLU',
      'Activation, initialization, optimizer and learning rate change.',
      { compare: 'relu' },
    ),
    plateau: preset('Plateau', 'Four hidden layers beside three, and three times the steps.', {
      depth: 4,
      controlDepth: 3,
      steps: 900,
    }),
    ablation: preset(
      'Tanh, part by part',
      'Each change of the tanh cure alone, then all of them.',
      { compare: 'tanhParts' },
    ),
    ablationRelu: preset(
      'ReLU, part by part',
      'Each change of the ReLU cure alone, Adam with its own rate, then all of them.',
      { compare: 'reluParts' },
    ),
  },
  lanes: lanesOf,
  figures: [
    figures.loss(),
    figures.byLayer('signalGradientNorm', {
      caption:
        'How much of the error reaches each layer, ‖∂L/∂z‖, at the step shown. The theory is that of the weights as drawn, from the last hidden layer backwards.',
      theory: ({ lanes: [deep], say }) => {
        const label = `theory at the start: × ${say.number(FACTOR)} per layer`;
        return figures.geometricTheory(deep, 'signalGradientNorm', FACTOR, label);
      },
    }),
    figures.byLayer('weightGradientNorm'),
    figures.layerByStep('weightGradientNorm', {
      title: 'Layer by step: the deep sigmoid network',
    }),
    figures.layerByStep('weightGradientNorm', {
      lane: 'last',
      title: 'Layer by step: the network beside it',
    }),
  ],
  values: { ...values, plateauSteps: stepsUntilLoss(2), finalWeightGradientNorm },
  contrast: contrast('problem: weightFirstToLast', 'cure: cure.weightFirstToLast', { larger: 1e4 }),
  addition: ({ lanes: [deep], say }) => {
    if (deep!.depth < 2) return '';
    return (
      `At the start the weight gradient of layer 1 is ` +
      `${say.number(values.weightFirstToLast(deep!), 2)} times that of layer ${deep!.depth}. ` +
      `Chance is a loss of ${say.number(Math.log(10))}.`
    );
  },
  prediction: {
    ask: 'Ten hidden layers stay at chance. What will four do, if they get three times the steps?',
    replies: {
      'Stay at chance': 'Try the preset “Plateau”: with four layers the loss does fall in the end.',
      'Stay at chance for long, then learn':
        'Try the preset “Plateau”: that is what it does, some hundreds of steps after depth three.',
      'Learn at once':
        'Try the preset “Plateau”: first the loss wavers about chance, for hundreds of steps.',
    },
  },
  challenges: [
    {
      id: 'depth-four',
      ask: 'Make a sigmoid network with four hidden layers reach a training accuracy of 50%.',
      hint: 'It is a plateau, not a wall.',
      solved: ({ lanes: [deep] }) => deep!.depth >= 4 && values.trainAccuracy(deep!) >= 0.5,
    },
    {
      id: 'million-millionth',
      ask: 'Find a depth at which the first layer’s weight gradient starts below 10⁻¹² of the last hidden layer’s.',
      hint: 'Read off the factor that each layer costs.',
      solved: ({ lanes: [deep] }) => values.weightFirstToLast(deep!) < 1e-12,
    },
  ],
});
