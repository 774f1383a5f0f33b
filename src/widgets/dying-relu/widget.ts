import type { Axis } from '../../kit/charts/spec';
import { mean } from '../../kit/spread';
import {
  contrast,
  counting,
  atStart,
  defineTraining,
  figures,
  framesOf,
  outcome,
  preset,
  seriesOf,
  values,
  type RanLane,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params } from './params';

const SHARE: Axis = { label: 'Share of units', scale: 'linear', domain: [0, 1] };

/** The share of dead units of each layer, of the whole training part; NaN of a run that has not ended. */
const deadUnits = ({ result, depth }: RanLane): number[] =>
  result.final?.deadUnits ?? Array.from({ length: depth }, () => NaN);

/** The same of a run that has ended; until then, of the batch of the last frame. */
const silentUnits = ({ result }: RanLane): number[] =>
  result.final?.deadUnits ?? framesOf(result, 'deadUnits').at(-1) ?? [];

export default defineTraining({
  id: 'dying-relu',
  version: 1,
  title: 'ReLU units that die',
  summary:
    'Three hidden layers learn handwritten digits. How many units no training image can switch on?',
  chapter: 'activation-functions',
  params,
  presets: {
    problem: preset('Bias −2', 'Every unit starts two below; beside it bias 0.'),
    cure: preset(
      'Bias −2, other functions',
      'Only the activation function changes. Which slopes are enough?',
      { compare: 'functions' },
    ),
    rate: preset(
      'Learning rate 1',
      'Bias 0: the units are killed by their own updates. Seed 2 was chosen, as seed 1 overflows in the captured step.',
      { bias: 0, learningRate: 1, seed: 2 },
    ),
    halfRate: preset(
      'Rate 0.5, other functions',
      'Bias 0. ReLU loses units; what do the others lose?',
      { bias: 0, learningRate: 0.5, compare: 'functions' },
    ),
    longer: preset('Bias −2, 2000 steps', 'The other functions once more, with patience.', {
      compare: 'functions',
      steps: 2000,
    }),
    deeper: preset('Bias −4, other functions', 'Further still. Is any of them left?', {
      bias: -4,
      compare: 'functions',
    }),
  },
  lanes: lanesOf,
  statistics: ['deadUnits'],
  recorded: { points: 48, frames: 12 },
  figures: [
    // One run that diverges must not press the others to the floor.
    figures.loss({
      caption: 'Cross-entropy of each batch. A network of dead units can only guess, at ln 10.',
      axis: [0, 4],
    }),
    figures.overSteps(
      {
        id: 'silent',
        title: 'Units that are silent on the batch',
        caption:
          'The share of all hidden units with slope 0 on every image of the batch of that step. A unit that is silent on one batch may still answer to another.',
        axis: SHARE,
        derived: 'mean',
      },
      ({ result }) => framesOf(result, 'deadUnits').map((layers) => mean(layers)),
    ),
    {
      id: 'dead',
      title: 'Dead units after training, by layer',
      caption:
        'The share of units with slope 0 on every one of the 1437 training images. As long as this is so, no gradient reaches their weights.',
      chart: (run) => ({
        ...figures.layerChart(run, 'deadUnits', { layers: 'hidden', axis: SHARE }),
        series: seriesOf(run.lanes, (lane) => {
          const y = silentUnits(lane);
          return { mark: 'both', x: counting(y.length), y };
        }),
      }),
    },
    figures.layerByStep('weightGradientNorm', {
      id: 'gradient',
      title: 'Layer by step: the weight gradient of the ReLU network',
      caption: 'An exact zero has a mark of its own: a dead layer passes nothing on.',
      steps: 'own',
      axis: { label: 'Layer (the last one is the output)' },
    }),
  ],
  values: {
    ...values,
    deadUnits,
    deadShare: (lane) => mean(deadUnits(lane)),
    /** ‖∂L/∂z‖ of layer 1 over that of the output layer, before the first update. */
    signalFirstToOutput: (lane) => {
      const norms = values.initialSignalGradientNorm(lane);
      return (norms[0] ?? NaN) / (norms[lane.depth] ?? NaN);
    },
    initialSilentUnits: atStart('deadUnits'),
    diverged: ({ result }) => (result.firstNonFinite === null ? 0 : 1),
  },
  contrast: contrast('problem: finalLoss', 'cure: elu.finalLoss', { smaller: 5 }),
  tell: (lane, say) => {
    const share = say.percent(mean(silentUnits(lane)));
    return outcome(lane, say, {
      tell: ({ ended, loss }) =>
        `${loss}, ${share} of the units ${ended ? 'dead' : 'silent on the batch'}`,
    });
  },
  prediction: {
    ask: 'Every hidden bias starts at −2, so that many ReLU units are off for every image. What will training do to them?',
    replies: {
      'Wake them: the biases rise':
        'A bias rises by its gradient. A unit that is off for every image has none.',
      'Leave them off, and learn with the rest':
        'So it would be if every layer kept a few. Look at the second and the third.',
      'Nothing: the network stays at chance':
        'Yes. The third layer is off as a whole, so nothing below it receives a gradient.',
    },
  },
  challenges: [
    {
      id: 'kill-by-steps',
      ask: 'With bias 0, kill at least a third of all ReLU units by training alone.',
      hint: 'What throws a bias far down within a few steps?',
      solved: ({ settings, lanes: [relu] }) =>
        settings.bias >= 0 && mean(deadUnits(relu!)) >= 1 / 3,
    },
    {
      id: 'brink',
      ask: 'Find a bias of −0.5 or less at which the ReLU network still learns (training accuracy 80%).',
      hint: 'Not every layer may be off as a whole.',
      solved: ({ settings, lanes: [relu] }) =>
        settings.bias <= -0.5 && values.trainAccuracy(relu!) >= 0.8,
    },
  ],
});
