import type { Axis } from '../../kit/charts/spec';
import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  outcome,
  preset,
  values,
  type RanLane,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type SymmetrySettings } from './params';

type Statistic = 'weightRank' | 'gradientRank' | 'distinctUnits';

/** One statistic of one layer (from 1) at every frame. */
const course = ({ result }: RanLane, statistic: Statistic, layer: number): number[] =>
  framesOf(result, statistic).map((frame) => frame[layer - 1] ?? NaN);

/** The same in the last frame. */
const last =
  (statistic: Statistic, layer = 1) =>
  (lane: RanLane): number =>
    course(lane, statistic, layer).at(-1) ?? NaN;

const rank = last('weightRank');
const distinctUnits = last('distinctUnits');
const distinctUnitsSecond = last('distinctUnits', 2);

/** A count of up to all units of a layer. */
const units =
  (label: string) =>
  ({ width }: SymmetrySettings): Axis => ({
    label,
    scale: 'linear',
    domain: [0, width],
    integer: true,
  });

export default defineTraining({
  id: 'init-symmetry',
  version: 1,
  title: 'Units that start alike stay alike',
  summary:
    'A small network whose weights all start at one value, beside its twin with random weights.',
  chapter: 'weight-initialization',
  params,
  presets: {
    problem: preset('All weights 0.1', 'Every unit of a layer starts as the same unit.'),
    zeros: preset('All weights 0', 'No unit passes anything on, in either direction.', {
      start: 'zeros',
    }),
    zerosSigmoid: preset('All weights 0, sigmoid', 'σ(0) is ½, so something does pass.', {
      start: 'zeros',
      activation: 'sigmoid',
    }),
    randomOutput: preset('Random output layer', 'Only the last matrix is drawn.', {
      start: 'randomOutput',
    }),
    cure: preset('Cure: random biases', 'The weights still start at 0.1, all of them.', {
      start: 'randomBias',
    }),
  },
  lanes: lanesOf,
  statistics: ['weightRank', 'gradientRank', 'distinctUnits'],
  figures: [
    figures.overSteps(
      {
        id: 'distinct',
        title: 'Different units in layer 1',
        caption:
          'How many of its rows of weights differ. One means that all units compute the same.',
        axis: units('Different units'),
      },
      (lane) => course(lane, 'distinctUnits', 1),
    ),
    figures.loss(),
    figures.overSteps(
      {
        id: 'rank',
        title: 'Rank of the weight matrix of layer 1',
        caption: 'In how many independent directions the layer looks at its input.',
        axis: units('Rank of W₁'),
      },
      (lane) => course(lane, 'weightRank', 1),
    ),
    figures.overSteps(
      {
        id: 'gradient-rank',
        title: 'Rank of the weight gradient of layer 1',
        caption: 'Where it is 1, a step moves all units by the same vector, up to a factor.',
        axis: units('Rank of ∂L/∂W₁'),
      },
      (lane) => course(lane, 'gradientRank', 1),
    ),
    figures.overSteps(
      {
        id: 'distinct-second',
        title: 'Different units in layer 2',
        caption: 'The same for the second hidden layer, the one below the output.',
        axis: units('Different units'),
      },
      (lane) => course(lane, 'distinctUnits', 2),
    ),
  ],
  values: {
    ...values,
    rank,
    gradientRank: last('gradientRank'),
    distinctUnits,
    distinctUnitsSecond,
  },
  contrast: contrast('problem: distinctUnits', 'cure: distinctUnits', { larger: 8 }),
  tell: (lane, say) => {
    const count = distinctUnits(lane);
    const units =
      `layer 1 has ${say.count(count)} different ${count === 1 ? 'unit' : 'units'} ` +
      `and rank ${say.count(rank(lane))}`;
    const step = say.count(lane.result.frameSteps.at(-1) ?? NaN);
    return outcome(lane, say, {
      tell: ({ ended, state }) => (ended ? `${state}; ${units}` : `at step ${step} ${units}`),
    });
  },
  prediction: {
    ask: 'Eight units, all of whose weights start at 0.1. After 300 steps of training, how many of the eight are different?',
    replies: {
      'One: they are all the same':
        'Yes. Equal units get equal gradients, to the last bit, at every step.',
      'Two or three': 'What would tell two of them apart? Run it and look at the first figure.',
      'All eight': 'Training moves every weight, and moves equal units equally. Run it.',
    },
  },
  challenges: [
    {
      id: 'biases',
      ask: 'Make all units of layer 1 differ without a single random weight.',
      hint: 'Weights are not all that a unit has.',
      solved: ({ settings, lanes: [first] }) =>
        settings.start === 'randomBias' && distinctUnits(first!) === settings.width,
    },
    {
      id: 'half',
      ask: 'Break the symmetry in layer 2 and leave it whole in layer 1.',
      hint: 'Which layer hears of the output weights first?',
      solved: ({ lanes: [first] }) =>
        distinctUnits(first!) === 1 && distinctUnitsSecond(first!) > 1,
    },
  ],
});
