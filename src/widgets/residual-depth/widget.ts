import type { LineChartSpec, Series } from '../../kit/charts/spec';
import {
  atStart,
  contrast,
  counting,
  defineTraining,
  figures,
  framesOf,
  grouped,
  learned,
  outcome,
  preset,
  residual,
  seriesOf,
  values,
  type RanLane,
  type Run,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type ResidualSettings } from './params';
import { theoryOf } from './theory';

/** Networks without batch norm; and three depths of them with a sum around each layer. */
const BARE = { norm: 'none' } as const;
const SINGLE = { ...BARE, compare: 'grown', form: 'single' } as const;

/** A statistic at each block's output in a frame. */
function atBlocks({ spec }: RanLane, frame: readonly number[] | undefined): number[] {
  return frame === undefined
    ? []
    : residual.blockEnds(spec).map((layer) => frame[layer - 1] ?? NaN);
}

const initialBlockStd = (lane: RanLane) => atBlocks(lane, atStart('activationStd')(lane));
const initialBlockGradientNorm = (lane: RanLane) =>
  atBlocks(lane, atStart('hiddenGradientNorm')(lane));

const ratio = (from: number | undefined, to: number | undefined) => (from ?? NaN) / (to ?? NaN);
/** ‖∂L/∂h₁‖ over that of the last hidden layer, before the first update. */
const hiddenFirstToLast = (lane: RanLane) => {
  const norms = initialBlockGradientNorm(lane);
  return ratio(norms[0], norms.at(-1));
};
/** The standard deviation of h in the last hidden layer over that of the first, before the first update. */
const activationLastToFirst = (lane: RanLane) => {
  const std = initialBlockStd(lane);
  return ratio(std.at(-1), std[0]);
};
/** The share of the training part that is read wrongly at the end. */
const error = ({ result }: RanLane) => 1 - (result.final?.trainAccuracy ?? NaN);

/** Hidden layers whose weights have had a gradient of exactly 0 in every frame. */
const stillLayers = ({ result, depth }: RanLane) =>
  counting(depth).filter((layer) =>
    result.weightGradientZeros.every((zeros) => zeros[layer - 1] === 1),
  ).length;

/** A ratio over all blocks as what one block makes of it, in the geometric mean. */
const perBlock = (whole: (lane: RanLane) => number) => (lane: RanLane) =>
  whole(lane) ** (1 / (residual.blockEnds(lane.spec).length - 1));

/** Something of each block's output at the step shown, with its theory before the first. */
function overBlocks(
  { lanes }: Run<ResidualSettings>,
  statistic: 'activationStd' | 'hiddenGradientNorm',
  label: string,
  theory: (lane: RanLane) => number[] | undefined,
): LineChartSpec {
  const theories = lanes.flatMap((lane): Series[] => {
    const y = theory(lane);
    const told = `theory at the start, ${lane.label.toLowerCase()}`;
    return y
      ? [
          {
            id: `theory-${lane.name}`,
            label: told,
            role: 'theory',
            x: residual.blockEnds(lane.spec),
            y,
          },
        ]
      : [];
  });
  return {
    kind: 'line',
    x: {
      label: 'Layer at the end of a block',
      scale: 'linear',
      domain: [1, Math.max(2, ...lanes.map(({ depth }) => depth))],
      integer: true,
    },
    y: { label, scale: 'log' },
    series: [
      ...seriesOf(lanes, (lane) => {
        const y = atBlocks(lane, framesOf(lane.result, statistic).at(-1));
        return { mark: 'both', x: residual.blockEnds(lane.spec).slice(0, y.length), y };
      }),
      // Of more than two networks the lines of theory would hide what was measured.
      ...(lanes.length <= 2 ? theories : []),
    ],
  };
}

export default defineTraining({
  id: 'residual-depth',
  version: 1,
  title: 'Plain against residual networks, by depth',
  summary:
    'Deep networks learn handwritten digits side by side, with and without the sums: which of them fits its own training data?',
  chapter: 'residual-connections',
  params,
  presets: {
    ...grouped('Degradation, and its cure', {
      problem: preset('Degradation', 'Plain networks with batch norm: 31 layers beside 11.'),
      deeper: preset('61 layers', 'Plain networks with batch norm: 61 layers beside 11.', {
        blocks: 30,
      }),
      cure: preset('Cure: residual', 'The sums alone are added, around every two layers.', {
        compare: 'residual',
      }),
      cureDeeper: preset('Cure, 61 layers', 'The same with 30 blocks.', {
        ...{ compare: 'residual', blocks: 30 },
      }),
      forms: preset('Every form', '31 layers with batch norm, and where the sum stands.', {
        compare: 'forms',
      }),
      branches: preset(
        'Without batch norm',
        'Pre-activation blocks, 31 layers: three scales of the branch, and a start from zeros.',
        { ...BARE, compare: 'branches', form: 'preActivation', residualLearningRate: 0.01 },
      ),
    }),
    ...grouped('By depth, with batch norm', {
      plainNorm: preset('Plain', 'Three depths of the plain network.', { compare: 'plainGrown' }),
      postNorm: preset('Post-activation', 'Three depths of the residual network.', {
        compare: 'grown',
      }),
      preNorm: preset('Pre-activation', 'The same in the pre-activation form; learning rate 0.1.', {
        ...{ compare: 'grown', form: 'preActivation', residualLearningRate: 0.1 },
      }),
    }),
    ...grouped('By depth, without batch norm', {
      plainBare: preset('Plain, no norm', 'ReLU and He’s rule; learning rate 0.003.', {
        ...BARE,
        ...{ compare: 'plainGrown', learningRate: 0.003 },
      }),
      preScaled: preset('Pre-activation, 1/√L', 'Each branch multiplied by 1/√L.', {
        ...BARE,
        ...{ compare: 'grown', form: 'preActivation', branchScale: 'rootDepth' },
      }),
      tanh: preset('Tanh around each layer', 'h + tanh(Wh); learning rate 0.003.', {
        ...SINGLE,
        ...{ activation: 'tanh', residualLearningRate: 0.003 },
      }),
      sigmoid: preset('Sigmoid around each layer', 'h + σ(Wh).', {
        ...SINGLE,
        activation: 'sigmoid',
      }),
    }),
    ...grouped('Those that fail', {
      formsBare: preset('Every form, no norm', 'Scale 1: what the branches add is added to h.', {
        ...{ norm: 'none', compare: 'forms', residualLearningRate: 0.01, learningRate: 0.01 },
      }),
      relu: preset('ReLU around each layer', 'h + ReLU(Wh); learning rate 0.001.', {
        ...SINGLE,
        residualLearningRate: 0.001,
      }),
      reluScaled: preset('ReLU, 1/√L', 'h + ReLU(Wh)/√L; learning rate 0.001.', {
        ...SINGLE,
        ...{ branchScale: 'rootDepth', residualLearningRate: 0.001 },
      }),
      reluZeros: preset('ReLU from zeros', 'h + ReLU(Wh), where every W but the first is 0.', {
        ...SINGLE,
        branchStart: 'zeros',
      }),
      reluDepth: preset('ReLU, 1/L', 'h + ReLU(Wh)/L: this one trains.', {
        ...SINGLE,
        branchScale: 'depth',
      }),
    }),
  },
  lanes: lanesOf,
  statistics: ['activationStd', 'hiddenGradientNorm'],
  recorded: { points: 80, frames: 9 },
  learned: learned(0.9),
  figures: [
    figures.trainingError(),
    figures.loss({ scale: 'log' }),
    {
      id: 'gradient',
      title: 'Gradient at the end of each block',
      time: 'moment',
      caption:
        'How much of the error reaches the output of each block, ‖∂L/∂h‖, at the step shown; of a plain network that of each layer. Read it from right to left, as the gradient goes.',
      chart: (run) =>
        overBlocks(run, 'hiddenGradientNorm', '‖∂L/∂h‖', (lane) => {
          const { gradient } = theoryOf(lane.spec);
          const last = initialBlockGradientNorm(lane).at(-1);
          return gradient && last !== undefined ? gradient.map((size) => size * last) : undefined;
        }),
    },
    {
      id: 'std',
      title: 'The signal at the end of each block',
      time: 'moment',
      caption:
        'Standard deviation of the activations h over the batch and the units, at the step shown.',
      chart: (run) =>
        overBlocks(
          run,
          'activationStd',
          'Standard deviation of h',
          (lane) => theoryOf(lane.spec).std,
        ),
    },
    figures.layerByStep('signalGradientNorm', { title: 'Layer by step: the first network' }),
    figures.layerByStep('signalGradientNorm', {
      lane: 'last',
      title: 'Layer by step: the last of the others',
    }),
  ],
  values: {
    ...values,
    trainError: error,
    stillLayers,
    initialBlockStd,
    initialBlockGradientNorm,
    hiddenFirstToLast,
    hiddenFactorPerBlock: perBlock(hiddenFirstToLast),
    activationLastToFirst,
    stdFactorPerBlock: perBlock(activationLastToFirst),
  },
  contrast: contrast('problem: trainError', 'cure: cure.trainError', { smaller: 10 }),
  tell: (lane, say) =>
    outcome(lane, say, {
      always: true,
      tell: ({ ended, state }) =>
        ended && lane.result.firstNonFinite === null
          ? `training error ${say.percent(error(lane))}, test accuracy ${say.percent(values.testAccuracy(lane))}`
          : state,
    }),
  addition: ({ lanes, say }) => {
    const told = lanes.map(
      (lane) =>
        `${lane.label}: ${say.number(hiddenFirstToLast(lane), 2)} and ${say.number(activationLastToFirst(lane), 2)}`,
    );
    return `Before the first step, the gradient at layer 1 over that at the last, and the signal at the last over that at layer 1. ${told.join('; ')}.`;
  },
  prediction: {
    ask: 'Two plain networks with batch norm, alike but for their depth, see the same batches. Which makes fewer errors on its own training images?',
    replies: {
      'The one with 31 layers: it can express more':
        'It can express more, and it does not find it. Look at the training error.',
      'Both the same: neither has trouble with ten digits':
        'With 11 layers that is so. Look at the other curve.',
      'The one with 11 layers':
        'Yes, and on the images that it was trained on: this is not overfitting.',
    },
  },
  challenges: [
    {
      id: 'plain',
      ask: 'Find a plain network with batch norm and at least 15 layers whose training error ends below 5%.',
      hint: 'It has fewer than 31 layers, and it may take more steps.',
      solved: ({ lanes: [plain] }) =>
        plain?.name === 'problem' && plain.depth >= 15 && error(plain) < 0.05,
    },
    {
      id: 'single',
      ask: 'With ReLU, one layer per branch and no normalization, train 61 layers to an error below 5%.',
      hint: 'What adds up is the mean of the branch. How small must the scale be?',
      solved: ({ settings, lanes }) =>
        settings.norm === 'none' &&
        settings.form === 'single' &&
        settings.activation === 'relu' &&
        lanes.some((lane) => lane.name !== 'problem' && lane.depth >= 61 && error(lane) < 0.05),
    },
  ],
});
