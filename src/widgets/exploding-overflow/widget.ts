import type { ChartSpec, Series } from '../../kit/charts/spec';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget, type LaneResult, type TrainingResult } from '../../kit/widget';
import {
  AMPLITUDE,
  CRITICAL_RATE,
  exactOverflowStep,
  growthPerStep,
  LARGEST_EIGENVALUE,
  overflowStep,
} from './theory';
import { params, type OverflowValues } from './params';
import { factorBackwards, firstToLast, lastFiniteFrame, layerChart, layerMaps } from './layers';
import { ran } from './ran';
import { EXAMPLES, lanesOf, type Lane } from './specs';

const number = (value: number | undefined) => value ?? NaN;

/** The step whose loss was the first to be no finite number; Infinity where every one was finite. */
function firstNonFiniteLoss(lane: LaneResult): number {
  const index = lane.loss.findIndex((loss) => !Number.isFinite(loss));
  return index === -1 ? number(lane.firstNonFinite?.step ?? Infinity) : number(lane.steps[index]);
}

const finiteLosses = (lane: LaneResult) => lane.loss.filter((loss) => Number.isFinite(loss));

/**
 * Steps at which the loss rose, as a share of all: 0 for a smooth descent. NaN where the first step
 * already led to a loss that is not finite, so that there is none to compare.
 */
function risingShare(lane: LaneResult): number {
  const losses = finiteLosses(lane);
  const rises = losses.slice(1).filter((loss, i) => loss > losses[i]!).length;
  return rises / (losses.length - 1);
}

function laneValues({ values }: Lane, lane: LaneResult): Record<string, number | number[]> {
  const losses = finiteLosses(lane);
  const named = {
    initialLoss: number(lane.loss[0]),
    largestLoss: Math.max(...losses),
    lastFiniteLoss: number(losses.at(-1)),
    finalLoss: number(lane.final?.trainLoss),
    trainAccuracy: number(lane.final?.trainAccuracy ?? undefined),
    overflowStep: firstNonFiniteLoss(lane),
    risingShare: risingShare(lane),
    initialGlobalNorm: number(lane.globalNorm[0]),
    initialFirstLayerGradientNorm: number(lane.weightGradientNorm[0]?.[0]),
    initialWeightGradientNorm: lane.weightGradientNorm[0] ?? [],
  };
  if (values.model !== 'linear') {
    const lastSignal = lastFiniteFrame(lane, 'signalGradientNorm')?.norms;
    return {
      ...named,
      initialSignalGradientNorm: lane.signalGradientNorm[0] ?? [],
      // A run that broke has no signal at its end.
      lastFirstLayerSignal: lane.firstNonFinite === null ? number(lastSignal?.[0]) : NaN,
      signalFirstToLast: firstToLast(values, lane, 'signalGradientNorm'),
      weightFirstToLast: firstToLast(values, lane, 'weightGradientNorm'),
      theoryFirstToLast: factorBackwards(values) ** (values.depth - 1),
    };
  }
  const growth = growthPerStep(values.rate);
  return {
    ...named,
    growthPerStep: growth,
    predictedStep: overflowStep(growth),
    exactPredictedStep: exactOverflowStep(growth),
    largestEigenvalue: LARGEST_EIGENVALUE,
    criticalRate: CRITICAL_RATE,
    learningRate: values.rate * CRITICAL_RATE,
  };
}

/** How often the loss rose although no batch differed from the one before. */
function fullBatchInWords(lane: LaneResult): string {
  const share = risingShare(lane);
  const how = share === 0 ? 'fell at every step' : `rose in ${formatPercent(share)} of the steps`;
  return ` The loss over all ${EXAMPLES} digits ${how}.`;
}

function outcome({ lane, of }: { lane: Lane; of: LaneResult }): string {
  const step = firstNonFiniteLoss(of);
  if (Number.isFinite(step)) {
    return `${lane.label}: the loss grew until, at step ${step}, it was not finite any more.`;
  }
  if (of.final) {
    const accuracy = of.final.trainAccuracy;
    return (
      `${lane.label}: every number stayed finite, loss ${formatNumber(of.final.trainLoss)} at the end` +
      (accuracy === null ? '.' : `, accuracy ${formatPercent(accuracy)}.`) +
      (isDeep(lane.values) && lane.values.batch === 'all' ? fullBatchInWords(of) : '')
    );
  }
  return `${lane.label}: loss ${formatNumber(number(of.loss.at(-1)))} at step ${of.steps.at(-1)}.`;
}

function theoryInWords(values: OverflowValues, of: LaneResult): string {
  if (values.model !== 'linear') {
    if (values.depth < 2) return '';
    const ratio = (statistic: 'signalGradientNorm' | 'weightGradientNorm') =>
      formatNumber(firstToLast(values, of, statistic));
    return (
      `Before the first update the signal gradient of layer 1 is ${ratio('signalGradientNorm')} times ` +
      `that of layer ${values.depth} (theory: ${formatNumber(factorBackwards(values) ** (values.depth - 1))}), ` +
      `the weight gradient ${ratio('weightGradientNorm')} times.`
    );
  }
  const growth = growthPerStep(values.rate);
  const factor =
    `Along the steepest direction theory multiplies the error by −${formatNumber(growth)} ` +
    'at each step';
  if (growth < 1) return `${factor}: it swings from side to side and shrinks.`;
  return `${factor}, and predicts the overflow near step ${Math.round(overflowStep(growth))}.`;
}

/** Loss along the steepest direction, A (1 − ηλ)^2k, as far as float32 holds it. */
function theorySeries(values: OverflowValues): Series[] {
  const growth = growthPerStep(values.rate);
  if (values.model !== 'linear' || growth <= 1) return [];
  const end = Math.min(values.steps, Math.floor(overflowStep(growth)));
  const x = Array.from({ length: 51 }, (_, i) => Math.round((i * end) / 50));
  return [
    {
      id: 'theory',
      label: 'theory: steepest direction alone',
      role: 'theory',
      x,
      y: x.map((step) => AMPLITUDE * growth ** (2 * step)),
    },
  ];
}

function lossChart(values: OverflowValues, result: TrainingResult): ChartSpec {
  const lanes = ran(values, result);
  const predicted = values.model === 'linear' ? overflowStep(growthPerStep(values.rate)) : Infinity;
  return {
    kind: 'line',
    x: { label: 'Step', scale: 'linear', integer: true },
    y: { label: 'Loss', scale: 'log' },
    series: [
      ...lanes.map(({ lane, of }): Series => ({
        id: lane.name,
        label: lane.label,
        role: lane.role,
        x: of.steps,
        y: of.loss,
      })),
      ...theorySeries(values),
    ],
    references:
      predicted <= values.steps
        ? [
            {
              axis: 'x',
              at: predicted,
              label: `rule of thumb: step ${Math.round(predicted)}`,
            },
          ]
        : [],
  };
}

function normChart(values: OverflowValues, result: TrainingResult): ChartSpec {
  return {
    kind: 'line',
    x: { label: 'Step', scale: 'linear', integer: true },
    y: { label: '‖all gradients‖', scale: 'log' },
    series: ran(values, result).map(({ lane, of }) => ({
      id: lane.name,
      label: lane.label,
      role: lane.role,
      x: of.frameSteps,
      y: of.globalNorm,
    })),
  };
}

const isDeep = ({ model }: OverflowValues) => model !== 'linear';

const chosen = (result: TrainingResult) => result.lanes['problem'];

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

export default defineWidget({
  kind: 'training',
  id: 'exploding-overflow',
  version: 2,
  migrations: { 2: toVersion2 },
  title: 'An explosion, watched until it overflows',
  summary:
    'Gradient descent above its critical learning rate, and deep networks drawn too large, run until the first number that is not finite.',
  chapter: 'exploding-gradients',
  params,
  presets: {
    problem: {
      label: '1.05 × critical',
      note: 'Linear regression, just above the critical rate.',
      params: {},
    },
    cure: {
      label: '0.9 × critical',
      note: 'The same, below the critical rate.',
      params: { rate: 0.9, compare: 'nothing' },
    },
    justBelow: {
      label: '0.99 × critical',
      note: 'One percent below.',
      params: { rate: 0.99 },
    },
    justAbove: {
      label: '1.01 × critical',
      note: 'One percent above, and steps enough to see it end.',
      params: { rate: 1.01, steps: 2400 },
    },
    above: { label: '1.1 × critical', params: { rate: 1.1 } },
    double: { label: '2 × critical', params: { rate: 2, steps: 100 } },
    reluMse: {
      label: 'Deep ReLU, squared error',
      note: 'Ten hidden layers, 1.5 × He, beside He itself.',
      params: { model: 'relu', learningRate: 0.1, steps: 200 },
    },
    reluCrossEntropy: {
      label: 'Deep ReLU, cross-entropy',
      note: 'The same network and weights; the loss bounds what it sends back.',
      params: {
        model: 'relu',
        loss: 'softmaxCrossEntropy',
        compare: 'nothing',
        steps: 200,
      },
    },
    reluCrossEntropyDouble: {
      label: 'Cross-entropy, 2 × He',
      note: 'Twice He is too much for cross-entropy too.',
      params: { model: 'relu', loss: 'softmaxCrossEntropy', weightScale: 2, steps: 200 },
    },
    losses: {
      label: 'One network, two losses',
      note: 'Squared error beside cross-entropy: the loss is all that differs.',
      params: { model: 'relu', learningRate: 0.01, compare: 'loss', steps: 200 },
    },
    rising: {
      label: 'He, learning rate 0.3',
      note: 'Five hidden layers, cross-entropy, a rate at which the loss leaps before it settles.',
      params: { ...HE, learningRate: 0.3 },
    },
    risingOn: {
      label: 'He, learning rate 1',
      note: 'Some seeds overflow; others, like the first, die: a layer is off, and nothing passes below it.',
      params: { ...HE, learningRate: 1 },
    },
    risingFurther: {
      label: 'He, learning rate 3',
      note: 'The same at ten times the rate 0.3.',
      params: { ...HE, learningRate: 3 },
    },
    fullBatch: {
      label: 'He, full batch',
      note: 'All 1437 digits in every step, learning rate 0.3: nothing is random after the start, and still the loss leaps.',
      params: { ...HE, learningRate: 0.3, batch: 'all' },
    },
    activations: {
      label: 'ReLU beside tanh',
      note: 'Ten hidden layers, 4 × He or Glorot, learning rate 3: one overflows, the other saturates.',
      params: {
        model: 'relu',
        loss: 'softmaxCrossEntropy',
        weightScale: 4,
        learningRate: 3,
        compare: 'tanh',
        steps: 200,
      },
    },
    tanh: {
      label: 'Tanh saturates instead',
      note: 'Ten hidden tanh layers, 4 × Glorot, learning rate 3.',
      params: {
        model: 'tanh',
        loss: 'softmaxCrossEntropy',
        weightScale: 4,
        learningRate: 3,
        compare: 'nothing',
        steps: 200,
      },
    },
  },
  lanes: (values) =>
    lanesOf(values).map(({ name, label, role, differs }) => ({ name, label, role, differs })),
  experiment: () => import('./experiment'),
  learned: (lane) => (lane.final?.trainLoss ?? Infinity) < 0.5 * number(lane.loss[0]),
  // Full-batch descent from zero has nothing that a seed could change.
  seeded: ({ model }) => model !== 'linear',
  figures: [
    {
      id: 'loss',
      title: 'Loss until it overflows',
      caption:
        'On a logarithmic axis a growth by a constant factor is a straight line. The rows above the axis hold what is not finite.',
      chart: lossChart,
    },
    {
      id: 'global-norm',
      title: 'Size of the whole gradient',
      caption: 'The norm of all gradients together, at the steps that were looked at.',
      chart: normChart,
    },
    {
      id: 'signal-gradient',
      title: 'Signal gradient by layer',
      caption:
        'What the backward pass carries: within one pass the factors of the layers multiply. At the step shown, or the last before the run broke.',
      chart: (values, result) => layerChart(values, result, 'signalGradientNorm'),
      shown: isDeep,
    },
    {
      id: 'weight-gradient',
      title: 'Weight gradient by layer',
      caption:
        'What moves the weights: signal gradient times the activation below. In a ReLU network the growth of both makes it large in every layer alike.',
      chart: (values, result) => layerChart(values, result, 'weightGradientNorm'),
      shown: isDeep,
    },
    {
      id: 'map',
      title: 'Layer by step: the chosen network',
      caption: 'The signal gradient of every layer while it trains; layer 1 is the lowest row.',
      chart: (values, result) => layerMaps(values, result)[0]!,
      shown: isDeep,
    },
    {
      id: 'map-beside',
      title: 'Layer by step: the network beside it',
      caption: 'The same for the network that it is compared with, over its own steps.',
      chart: (values, result) => layerMaps(values, result)[1]!,
      shown: (values) => isDeep(values) && lanesOf(values).length > 1,
    },
  ],
  values: (values, result) => {
    const named: Record<string, number | number[]> = {};
    for (const { lane, of } of ran(values, result)) {
      const prefix = lane.name === 'problem' ? '' : `${lane.name}.`;
      for (const [key, value] of Object.entries(laneValues(lane, of))) named[prefix + key] = value;
    }
    return named;
  },
  contrast: {
    problem: { preset: 'problem', value: 'overflowStep' },
    cure: { preset: 'cure', value: 'overflowStep' },
    factor: 10,
  },
  describe: (values, result) => {
    const lanes = ran(values, result);
    const first = lanes[0];
    if (first === undefined) return '';
    return `${lanes.map(outcome).join(' ')} ${theoryInWords(values, first.of)}`;
  },
  prediction: {
    ask: 'A linear model’s learning rate is 5 % above the critical one, and its loss starts at 0.1. When does the loss overflow float32?',
    options: [
      {
        id: 'few',
        label: 'Within ten steps',
        reply: 'The error grows by a tenth at each step: ten steps make it 2.6 times as large.',
      },
      {
        id: 'hundreds',
        label: 'After some hundreds of steps',
        reply: 'Yes: ln(1.8 × 10¹⁹)/ln 1.1 is 465, and the run ends within a few percent of it.',
      },
      {
        id: 'never',
        label: 'Never, five percent is too little',
        reply: 'Any factor above 1 overflows in the end; only the number of steps depends on it.',
      },
    ],
  },
  challenges: [
    {
      id: 'slow-overflow',
      ask: 'Make the linear model overflow, but only after more than 1000 steps.',
      hint: 'Solve ln(1.8 × 10¹⁹)/ln|1 − ηλ| > 1000, and give it steps enough.',
      solved: (values, result) => {
        const lane = chosen(result);
        if (values.model !== 'linear' || lane === undefined) return false;
        const step = firstNonFiniteLoss(lane);
        return step > 1000 && Number.isFinite(step);
      },
    },
    {
      id: 'cross-entropy-overflow',
      ask: 'Make a ReLU network overflow although it is trained with cross-entropy.',
      hint: '1.5 × He is not enough at this depth.',
      solved: (values, result) =>
        values.model === 'relu' &&
        values.loss === 'softmaxCrossEntropy' &&
        chosen(result)?.firstNonFinite != null,
    },
    {
      id: 'loud-tanh',
      ask: 'Train a tanh network at a learning rate of at least 3 to its end without one number that is not finite.',
      hint: 'It is harder to fail.',
      solved: (values, result) =>
        values.model === 'tanh' &&
        values.learningRate >= 3 &&
        chosen(result)?.final != null &&
        chosen(result)?.firstNonFinite == null,
    },
  ],
});
