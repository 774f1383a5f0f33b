import { chi, fixedPoint } from '../../engine/closedForms';
import {
  contrast,
  counting,
  defineTraining,
  figures,
  framesOf,
  learned,
  outcome,
  preset,
  seriesOf,
  stepsUntilLoss,
  values,
  type RanLane,
  type Spectrum,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type IsometrySettings } from './params';

/** One of the lists that the spectrum brings; empty before the first frame. */
const spectrum = ({ result }: RanLane, name: keyof Spectrum): number[] =>
  framesOf(result, name)[0] ?? [];

/** The same at the last layer. */
const atLastLayer =
  (name: keyof Spectrum) =>
  (lane: RanLane): number =>
    spectrum(lane, name).at(-1) ?? NaN;
const largest = atLastLayer('largest');
const median = atLastLayer('median');
const smallest = atLastLayer('smallest');

/** χ of one layer: of tanh at the variance that its layers settle at, of the others at every one. */
const chiOf = ({ activation, gain }: IsometrySettings): number =>
  activation === 'tanh' ? fixedPoint('tanh', gain, 0).chi : chi(activation, gain, 1);

export default defineTraining({
  id: 'isometry',
  version: 1,
  title: 'Gaussian against orthogonal weights',
  summary:
    'The singular values of two deep networks as drawn, layer by layer, and then the two of them in training.',
  chapter: 'order-and-chaos',
  params,
  presets: {
    problem: preset(
      'Linear, 20 layers',
      'No activation function at all; each network has a learning rate of its own.',
    ),
    cure: preset(
      'Linear, 50 layers',
      'The Gaussian product falls apart; the orthogonal one cannot. Both have the learning rate 0.01.',
      { depth: 50, orthogonalLearningRate: 0.01 },
    ),
    sameRate: preset(
      'One learning rate',
      '20 linear layers, both networks at 0.01: they differ in the weights alone.',
      { orthogonalLearningRate: 0.01 },
    ),
    tanh: preset(
      'Tanh, 50 layers',
      'With momentum. Near 0 tanh is almost linear, so orthogonal weights still help.',
      {
        activation: 'tanh',
        depth: 50,
        optimizer: 'momentum',
        learningRate: 0.003,
        orthogonalLearningRate: 0.003,
        steps: 300,
      },
    ),
    relu: preset(
      'ReLU, 50 layers',
      'With momentum and gain √2. Half of the slopes are 0, whatever the weights.',
      {
        activation: 'relu',
        depth: 50,
        gain: 1.41,
        optimizer: 'momentum',
        orthogonalLearningRate: 0.01,
        steps: 300,
      },
    ),
  },
  lanes: lanesOf,
  experiment: () => import('./experiment'),
  learned: learned(0.8),
  figures: [
    {
      id: 'growth',
      title: 'Singular values, layer by layer',
      caption:
        'Line: the median; band: from the smallest to the largest. On average over draws the root mean square obeys the theory of χ; it hides how far the values spread.',
      chart: ({ lanes, settings }) => {
        const layers = counting(settings.depth);
        const byLayer = (lane: RanLane, name: keyof Spectrum) => {
          const y = spectrum(lane, name);
          return { x: counting(y.length), y };
        };
        return {
          kind: 'line',
          x: { label: 'Layer l', scale: 'linear', domain: [1, settings.depth], integer: true },
          y: { label: 'Singular values of ∂h_l/∂x', scale: 'log' },
          series: [
            ...seriesOf(lanes, (lane) => ({
              ...byLayer(lane, 'median'),
              band: { low: spectrum(lane, 'smallest'), high: spectrum(lane, 'largest') },
            })),
            ...seriesOf(lanes.slice(0, 1), (lane) => ({
              id: 'rms',
              label: `${lane.label}, root mean square`,
              role: 'neutral',
              mark: 'points',
              ...byLayer(lane, 'rms'),
            })),
            {
              id: 'theory',
              label: 'theory for it: √χ per layer',
              role: 'theory',
              x: layers,
              y: layers.map((l) => Math.sqrt(chiOf(settings)) ** l),
            },
          ],
        };
      },
    },
    {
      id: 'spectrum',
      title: 'All singular values at the last layer',
      caption: 'How much the whole network stretches each of the directions in its input.',
      chart: ({ lanes }) => ({
        kind: 'line',
        x: { label: 'Rank, largest first', scale: 'linear', integer: true },
        y: { label: 'Singular value of ∂h_L/∂x', scale: 'log' },
        series: seriesOf(lanes, (lane) => {
          const y = spectrum(lane, 'last');
          return { mark: 'both', x: counting(y.length), y };
        }),
        references: [{ axis: 'y', at: 1, label: 'keeps the length' }],
      }),
    },
    figures.loss({ caption: 'Cross-entropy of each batch of digits. At chance it is ln 10.' }),
  ],
  values: {
    ...values,
    largestSingularValue: largest,
    medianSingularValue: median,
    smallestSingularValue: smallest,
    rmsSingularValue: atLastLayer('rms'),
    conditionNumber: (lane) => largest(lane) / smallest(lane),
    lowLossSteps: stepsUntilLoss(0.5),
  },
  contrast: contrast('problem: medianSingularValue', 'cure: cure.medianSingularValue', {
    larger: 100,
  }),
  tell: (lane, say) => {
    const spread = `largest singular value ${say.number(largest(lane), 2)}, median ${say.number(median(lane), 2)}`;
    const accuracy = `training accuracy ${say.percent(values.trainAccuracy(lane))}`;
    return outcome(lane, say, {
      always: true,
      tell: ({ ended, state }) => `${spread}; ${ended ? accuracy : state}`,
    });
  },
  prediction: {
    ask: 'Twenty Gaussian matrices, each of which keeps the mean square of lengths. What becomes of most directions in their product?',
    replies: {
      'They keep their length, more or less':
        'Run it and look at the median: the mean square is not the median.',
      'They almost disappear': 'Run it: the mean square is kept by very few directions.',
    },
  },
  challenges: [
    {
      id: 'gaussian-trains',
      ask: 'Make the Gaussian network reach a training accuracy of 90% at 20 layers or more.',
      hint: 'It may take more steps, or another optimizer.',
      solved: ({ lanes: [gaussian] }) =>
        gaussian!.depth >= 20 && values.trainAccuracy(gaussian!) >= 0.9,
    },
    {
      id: 'orthogonal-fails',
      ask: 'Find a setting where the orthogonal network, too, has a median singular value below 10⁻³.',
      hint: 'What else stands in the product besides the weights?',
      solved: ({ lanes: [, orthogonal] }) => median(orthogonal!) < 1e-3,
    },
  ],
});
