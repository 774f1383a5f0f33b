import type { NetworkSpec } from '../../engine/types';
import type { LineChartSpec, Series } from '../../kit/charts/spec';
import { formatNumber } from '../../kit/format';
import { choice, int, number } from '../../kit/parameters';
import { defineWidget, type LaneResult, type TrainingResult } from '../../kit/widget';
import { lanesOf, type Lane, type Setting } from './specs';

const CHANCE_LOSS = Math.log(10);
const LEARNED_ACCURACY = 0.8;
/** Steps that the loss curve averages over. */
const WINDOW = 20;
/** Top of the loss axis; a loss beyond is drawn there. */
const LOSS_TOP = 5;
/** Where the loss axis may begin: it reaches down as far as the losses do. */
const LOSS_FLOORS = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

export default defineWidget({
  kind: 'training',
  id: 'activation-race',
  version: 1,
  title: 'A race of activation functions',
  summary:
    'The same deep network, once for each activation function, each with its own gain and its own best learning rate.',
  chapter: 'activation-functions',
  params: {
    depth: int({ label: 'Hidden layers', symbol: 'L', min: 1, max: 50, default: 10 }),
    field: choice({
      label: 'Who runs',
      options: [
        { value: 'few', label: 'Sigmoid, ReLU, tanh' },
        { value: 'all', label: 'All functions' },
      ],
      default: 'few',
    }),
    optimizer: choice({
      label: 'Optimizer',
      options: [
        { value: 'momentum', label: 'SGD with momentum' },
        { value: 'adam', label: 'Adam' },
      ],
      default: 'momentum',
    }),
    weights: choice({
      label: 'Weights',
      help: 'How the matrices are drawn; the gain of each function is the same.',
      options: [
        { value: 'normal', label: 'Normal' },
        { value: 'orthogonal', label: 'Orthogonal' },
      ],
      default: 'normal',
    }),
    rateFactor: number({
      label: 'Factor on every learning rate',
      help: '1 is the best of a small grid for each function, found on other seeds.',
      min: 0.1,
      max: 10,
      scale: 'log',
      divisions: 40,
      default: 1,
      advanced: true,
    }),
    width: int({ label: 'Units per layer', min: 4, max: 64, default: 32, advanced: true }),
    batchSize: int({ label: 'Batch size', min: 8, max: 128, default: 32, advanced: true }),
    steps: int({ label: 'Steps', min: 10, max: 2000, default: 150, advanced: true }),
    seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
  },
  presets: {
    problem: {
      label: 'The advice, depth 10',
      note: 'Sigmoid, ReLU and tanh, and few steps.',
      params: {},
    },
    deep: {
      label: 'The advice, depth 20',
      note: 'Twice as deep, and 400 steps.',
      params: { depth: 20, steps: 400 },
    },
    cure: {
      label: 'All, depth 20',
      note: 'Every activation function, twenty hidden layers, 400 steps.',
      params: { depth: 20, field: 'all', steps: 400 },
    },
    depth10: { label: 'All, depth 10', params: { field: 'all', steps: 400 } },
    depth5: { label: 'All, depth 5', params: { depth: 5, field: 'all', steps: 400 } },
    adam: {
      label: 'Adam',
      note: 'All at depth 20, with Adam.',
      params: { depth: 20, field: 'all', optimizer: 'adam', steps: 400 },
    },
    orthogonal: {
      label: 'Orthogonal',
      note: 'All at depth 20, from orthogonal matrices.',
      params: { depth: 20, field: 'all', weights: 'orthogonal', steps: 400 },
    },
  },
  lanes: (setting) =>
    lanesOf(setting).map((lane) => ({
      name: lane.name,
      label: lane.label,
      role: lane.role,
      differs: differs(lane),
    })),
  experiment: () => import('./experiment'),
  recorded: { points: 36, frames: 2, seeds: 20 },
  learned: (lane) => (lane.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
  figures: [
    {
      id: 'loss',
      title: 'Loss while training',
      caption: `Cross-entropy of the batches, averaged over the last ${WINDOW} steps. Chance is ln 10.`,
      chart: lossChart,
    },
    {
      id: 'alike',
      title: 'How alike the images have become, before training',
      caption:
        'The mean cosine between the pre-activations of two images of a batch, layer by layer. At 1 every image points the same way.',
      chart: (setting, result) =>
        byLayer(setting, result, 'Mean cosine', 'linear', (lane) => initial(lane, 'Cosine')),
    },
    {
      id: 'signal',
      title: 'Signal gradient by layer, before training',
      caption: 'How much of the error reaches each layer, ‖∂L/∂z‖, before the first update.',
      chart: (setting, result) =>
        byLayer(setting, result, '‖∂L/∂z‖', 'log', (lane) => lane.signalGradientNorm[0] ?? []),
    },
    {
      id: 'size',
      title: 'Size of the pre-activations by layer, before training',
      caption:
        'Their standard deviation on the first batch. The gain is to keep it near 1; not every function lets it.',
      chart: (setting, result) =>
        byLayer(setting, result, 'Standard deviation', 'log', (lane) => initial(lane, 'Std')),
    },
    {
      id: 'outcome',
      title: 'Does alike mean slow?',
      caption:
        'Training loss at the end against the mean cosine in the last hidden layer before training: one point for each function.',
      chart: outcomeChart,
    },
  ],
  values: (setting, result) => {
    const named: Record<string, number | number[]> = {};
    for (const lane of lanesOf(setting)) {
      const of = result.lanes[lane.name];
      if (of === undefined) continue;
      for (const [key, value] of Object.entries(laneValues(lane, of, setting.depth))) {
        named[`${lane.name}.${key}`] = value;
      }
    }
    const [relu, tanh] = [named['relu.finalLoss'], named['tanh.finalLoss']];
    if (relu !== undefined && tanh !== undefined) {
      named['reluOverTanh'] = Number(relu) / Number(tanh);
    }
    const recentred = named['sigmoidRecentred.finalLoss'];
    if (recentred !== undefined && tanh !== undefined) {
      named['recentredOverTanh'] = Number(recentred) / Number(tanh);
    }
    return named;
  },
  contrast: {
    problem: { preset: 'problem', value: 'sigmoid.finalLoss' },
    cure: { preset: 'cure', value: 'elu.finalLoss' },
    factor: 10,
  },
  describe: (setting, result) => {
    const lanes = lanesOf(setting).flatMap(({ name, label }) => {
      const lane = result.lanes[name];
      return lane && lane.loss.length > 0 ? [{ label, lane }] : [];
    });
    if (lanes.length === 0) return '';
    const ended = lanes.every(({ lane }) => lane.final !== null || lane.firstNonFinite !== null);
    const ranked = lanes
      .map(({ label, lane }) => ({ label, loss: latestLoss(lane) }))
      .sort((a, b) => rank(a.loss) - rank(b.loss))
      .map(({ label, loss }) =>
        Number.isFinite(loss) ? `${label} ${formatNumber(loss)}` : `${label} diverged`,
      );
    const what = ended ? 'Training loss at the end' : 'Loss of the latest batches';
    return `${what}, best first: ${ranked.join(', ')}. Chance is ${formatNumber(CHANCE_LOSS)}.`;
  },
  prediction: {
    ask: 'A deep network, each function with its right gain and its best learning rate. Which ends with the smallest loss?',
    options: [
      {
        id: 'sigmoid',
        label: 'Sigmoid',
        reply: 'It never leaves chance at these depths; its gradient vanishes.',
      },
      {
        id: 'relu',
        label: 'ReLU',
        reply: 'It beats the sigmoid, as everybody says. Now look at the third curve.',
      },
      {
        id: 'tanh',
        label: 'Tanh',
        reply:
          'Yes, in the median of twenty recorded seeds, at each depth here. In single runs the order can turn.',
      },
    ],
  },
  challenges: [
    {
      id: 'overtake',
      ask: 'Make ReLU end ahead of tanh, both with a training loss below 0.1.',
      hint: 'In a network that is not too deep, smaller steps cost tanh more than ReLU.',
      solved: (_, result) => {
        const [relu, tanh] = ['relu', 'tanh'].map(
          (name) => result.lanes[name]?.final?.trainLoss ?? NaN,
        ) as [number, number];
        return relu < tanh && tanh < 0.1;
      },
    },
    {
      id: 'sigmoid',
      ask: 'Make a sigmoid network with at least ten hidden layers learn (training accuracy 80 %).',
      hint: 'The slope of ¼ and the mean of ½ can both be undone in the weights. Look among all functions.',
      solved: ({ depth }, result) =>
        depth >= 10 &&
        ['sigmoid', 'sigmoidRecentred'].some(
          (name) => (result.lanes[name]?.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
        ),
    },
  ],
});

/** In what a lane differs from the others beside its activation function, which its label names. */
function differs({ name, spec }: Lane): string {
  const { network, optimizer } = spec;
  const rate = `learning rate ${formatNumber(optimizer.learningRate)}`;
  const gain = `gain ${formatNumber(gainIn(network))}`;
  return name === 'sigmoidRecentred'
    ? `${gain} (first layer 2), biases that take the mean away, ${rate}`
    : `${gain}, ${rate}`;
}

const gainIn = (network: NetworkSpec): number =>
  network.kind === 'mlp' && 'gain' in network.initializer ? (network.initializer.gain ?? 1) : 1;

function eachLane(
  setting: Setting,
  result: TrainingResult,
  points: (lane: LaneResult) => { x: number[]; y: number[] },
): Series[] {
  return lanesOf(setting).flatMap(({ name, label, role }) => {
    const lane = result.lanes[name];
    if (lane === undefined) return [];
    return [{ id: name, label, role, ...points(lane) }];
  });
}

function lossChart(setting: Setting, result: TrainingResult): LineChartSpec {
  const series = eachLane(setting, result, (lane) => ({
    x: lane.steps,
    y: runningMean(lane).map((loss) => Math.min(loss, LOSS_TOP)),
  }));
  const lowest = Math.min(...series.flatMap(({ y }) => y.filter((loss) => loss > 0)));
  const floor = LOSS_FLOORS.find((end) => end <= lowest) ?? LOSS_FLOORS.at(-1)!;
  return {
    kind: 'line',
    x: { label: 'Step', scale: 'linear', domain: [0, setting.steps], integer: true },
    y: { label: 'Loss', scale: 'log', domain: [floor, LOSS_TOP] },
    series,
    references: [{ axis: 'y', at: CHANCE_LOSS, label: 'chance, ln 10' }],
  };
}

function byLayer(
  setting: Setting,
  result: TrainingResult,
  label: string,
  scale: 'linear' | 'log',
  of: (lane: LaneResult) => number[],
): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Layer', scale: 'linear', domain: [1, setting.depth], integer: true },
    y: { label, scale },
    series: eachLane(setting, result, (lane) => {
      const y = of(lane).slice(0, setting.depth);
      return { x: y.map((_, i) => i + 1), y };
    }),
  };
}

/** A statistic of the pre-activations of each layer before the first update. */
const initial = (lane: LaneResult, statistic: 'Cosine' | 'Std'): number[] =>
  lane.extra[`preActivation${statistic}`]?.[0] ?? [];

function outcomeChart(setting: Setting, result: TrainingResult): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Mean cosine in the last hidden layer', scale: 'linear' },
    y: { label: 'Training loss', scale: 'log' },
    series: eachLane(setting, result, (lane) => {
      const x = initial(lane, 'Cosine')[setting.depth - 1];
      const y = lane.final?.trainLoss;
      return x === undefined || y === undefined ? { x: [], y: [] } : { x: [x], y: [y] };
    }).map((series) => ({ ...series, mark: 'points' })),
    references: [{ axis: 'y', at: CHANCE_LOSS, label: 'chance, ln 10' }],
  };
}

/** At each step kept, the mean loss of the steps kept among the last WINDOW. */
function runningMean({ steps, loss }: LaneResult): number[] {
  let sum = 0;
  let from = 0;
  return loss.map((one, i) => {
    sum += one;
    while (steps[from]! <= steps[i]! - WINDOW) sum -= loss[from++]!;
    return sum / (i - from + 1);
  });
}

/** Over the training part at the end, of the latest batches before; NaN where it diverged. */
function latestLoss(lane: LaneResult): number {
  if (lane.firstNonFinite !== null) return NaN;
  return lane.final?.trainLoss ?? runningMean(lane).at(-1) ?? NaN;
}

const rank = (loss: number): number => (Number.isFinite(loss) ? loss : Infinity);

function laneValues(
  { spec }: Lane,
  lane: LaneResult,
  depth: number,
): Record<string, number | number[]> {
  const { network, optimizer } = spec;
  const norms = lane.signalGradientNorm[0] ?? [];
  const crossed = (norms[0] ?? NaN) / (norms[depth - 1] ?? NaN);
  return {
    finalLoss: lane.final?.trainLoss ?? NaN,
    trainAccuracy: lane.final?.trainAccuracy ?? NaN,
    testAccuracy: lane.final?.testAccuracy ?? NaN,
    cosine: initial(lane, 'Cosine')[depth - 1] ?? NaN,
    std: initial(lane, 'Std')[depth - 1] ?? NaN,
    factorPerLayer: depth > 1 ? crossed ** (1 / (depth - 1)) : NaN,
    gain: gainIn(network),
    learningRate: optimizer.learningRate,
  };
}
