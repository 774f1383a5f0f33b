import type { LineChartSpec, Series } from '../../kit/charts/spec';
import {
  atStart,
  contrast,
  counting,
  defineTraining,
  figures,
  grouped,
  outcome,
  preset,
  stepsUntilLoss,
  values,
  type RanLane,
  type Run,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type RescueSettings } from './params';

/** Pixels of an image, and the digits. */
const [INPUTS, OUTPUTS] = [64, 10];

/** How far the first step of Adam moves each layer where ε is small beside the gradient: η by every weight. */
function firstStep({ spec }: RanLane): number[] {
  const { network, optimizer } = spec;
  if (network.kind !== 'mlp') return [];
  const { depth, width } = network;
  return counting(depth + 1).map((layer) => {
    const [fanIn, fanOut] = [layer === 1 ? INPUTS : width, layer > depth ? OUTPUTS : width];
    return optimizer.learningRate * Math.sqrt(fanIn * fanOut);
  });
}

const isAdam = ({ spec }: RanLane): boolean => spec.optimizer.kind === 'adam';

function theoryOf({ lanes, settings, say }: Run<RescueSettings>): Series[] {
  const adam = lanes.find(isAdam);
  if (adam === undefined) return [];
  const label = `theory at the start: Adam moves every weight by ${say.number(settings.adaptiveRate)}`;
  return [{ id: 'theory', label, role: 'theory', x: counting(adam.depth + 1), y: firstStep(adam) }];
}

/** The gradients by layer, and the norm of a layer whose every entry is as large as the ε that fails. */
function gradientChart(run: Run<RescueSettings>): LineChartSpec {
  const { compare, width } = run.settings;
  const [first] = run.lanes;
  const chart = figures.layerChart(run, 'weightGradientNorm', {});
  if (compare === 'optimizers' || compare === 'starts' || first === undefined) return chart;
  const { optimizer } = first.spec;
  const epsilon = optimizer.kind === 'adam' ? optimizer.epsilon! : NaN;
  const label = `every entry ${run.say.number(epsilon)}`;
  return { ...chart, references: [{ axis: 'y', at: epsilon * width, label }] };
}

const initialUpdateNorm = atStart('updateNorm');
const initialActivationSpread = atStart('activationSpread');

/** The root mean square of the entries of ∂L/∂W₁, before the first update. */
const firstLayerEntry = (lane: RanLane) => {
  const { network } = lane.spec;
  const width = network.kind === 'mlp' ? network.width : NaN;
  return (atStart('weightGradientNorm')(lane)[0] ?? NaN) / Math.sqrt(INPUTS * width);
};

/** ‖ΔW‖ of the first layer over that of the last hidden layer, of the first step. */
const updateFirstToLast = (lane: RanLane) => {
  const norms = initialUpdateNorm(lane);
  return (norms[0] ?? NaN) / (norms[lane.depth - 1] ?? NaN);
};

export default defineTraining({
  id: 'optimizer-rescue',
  version: 1,
  title: 'The same gradient, four optimizers',
  summary:
    'One deep sigmoid network, whose gradient vanishes, learns handwritten digits by SGD, momentum, RMSProp and Adam.',
  chapter: 'rates-and-optimizers',
  params,
  presets: {
    ...grouped('By depth', {
      problem: preset('Five layers', 'The optimizer is all that differs.'),
      three: preset('Three layers', 'Here momentum and SGD get away too.', { depth: 3 }),
      ten: preset('Ten layers', 'Adam and RMSProp with the rate 0.003.', {
        ...{ depth: 10, adaptiveRate: 0.003 },
      }),
      fifteen: preset('Fifteen layers', 'Adam and RMSProp with the rate 0.003.', {
        ...{ depth: 15, adaptiveRate: 0.003 },
      }),
    }),
    ...grouped('The small number', {
      larger: preset('Larger', 'Five layers with ε = 10⁻², 10⁻⁴ and 10⁻⁸.', { compare: 'larger' }),
      smaller: preset('Smaller', 'Fifteen layers, 600 steps: ε = 10⁻⁸, 10⁻¹² and 10⁻¹⁶.', {
        ...{ compare: 'smaller', depth: 15, adaptiveRate: 0.003, steps: 600 },
      }),
      deeper: preset('Smaller, deeper', 'The same with twenty layers, 900 steps.', {
        ...{ compare: 'smaller', depth: 20, adaptiveRate: 0.003, steps: 900 },
      }),
    }),
    ...grouped('The start in its place', {
      cure: preset('Another start', 'Fifteen layers, weights four times as large, re-centred.', {
        ...{ compare: 'starts', depth: 15, adaptiveRate: 0.003 },
      }),
    }),
  },
  lanes: lanesOf,
  recorded: { points: 90, frames: 20 },
  figures: [
    figures.loss({ reaches: Math.log(10) }),
    {
      ...figures.byLayer<RescueSettings>('weightGradientNorm', {
        caption: 'What reaches the weights of each layer, ‖∂L/∂W‖, at the step shown.',
      }),
      chart: gradientChart,
    },
    {
      ...figures.byLayer<RescueSettings>('updateNorm', {
        title: 'Update by layer',
        caption:
          'What the optimizer makes of it: how far one step moves the weights of each layer, ‖ΔW‖.',
        theory: theoryOf,
      }),
      statistics: ['updateNorm'],
    },
    {
      ...figures.byLayer<RescueSettings>('activationSpread', {
        title: 'What is left of the images',
        caption:
          'How much a unit of each hidden layer differs from image to image, at the step shown. Near one half, float32 cannot tell numbers apart that differ by less than 3 × 10⁻⁸.',
        layers: 'hidden',
      }),
      statistics: ['activationSpread'],
    },
  ],
  values: {
    ...values,
    plateauSteps: stepsUntilLoss(2),
    initialUpdateNorm,
    initialActivationSpread,
    updateFirstToLast,
    firstLayerEntry,
  },
  contrast: contrast('problem: finalLoss', 'problem: cure.finalLoss', { smaller: 2 }),
  tell: (lane, say) => outcome(lane, say, { always: true }),
  addition: ({ lanes, say }) => {
    const adam = lanes.findLast(isAdam);
    if (adam === undefined || adam.depth < 2) return '';
    return (
      `In the first step the weight gradient of layer 1 is ` +
      `${say.number(values.weightFirstToLast(adam), 2)} times that of layer ${say.count(adam.depth)}, and ` +
      `${lanes.length > 1 ? `the network “${adam.label}”` : 'the network'} moves layer 1 by ` +
      `${say.number(updateFirstToLast(adam), 2)} times as much as layer ${say.count(adam.depth)}.`
    );
  },
  prediction: {
    ask: 'The gradient shrinks to a quarter in each of five layers. Which optimizers train this network within 300 steps?',
    replies: {
      'None: the gradient is the same for all of them':
        'The gradient is the same, and the step is not. Look at the updates by layer.',
      'RMSProp and Adam':
        'Yes: they divide each entry by its own size, so a small gradient makes no small step.',
      'All but plain SGD: momentum adds up what is small':
        'It adds up ten steps, in every layer alike. The first layer would need more.',
    },
  },
  challenges: [
    {
      id: 'sgd',
      ask: 'Make plain SGD train four layers to a loss below 1.',
      hint: 'It is a plateau, and plateaus end.',
      solved: ({ lanes: [sgd], settings }) =>
        settings.compare === 'optimizers' && settings.depth >= 4 && values.finalLoss(sgd!) < 1,
    },
    {
      id: 'beyond',
      ask: 'Make Adam leave chance at 18 layers from Glorot’s start: a loss below 2.2.',
      hint: 'What is a typical entry of the first gradient, and what is ε? It takes some hundreds of steps more.',
      solved: ({ lanes, settings }) =>
        settings.compare !== 'starts' &&
        settings.depth >= 18 &&
        lanes.some((lane) => isAdam(lane) && values.finalLoss(lane) < 2.2),
    },
  ],
});
