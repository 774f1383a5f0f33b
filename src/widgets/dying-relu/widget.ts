import type { HeatMapSpec, LineChartSpec, Series } from '../../kit/charts/spec';
import { differences } from '../../kit/differences';
import { formatNumber, formatPercent } from '../../kit/format';
import { choice, int, number } from '../../kit/parameters';
import { defineWidget, type LaneResult, type TrainingResult } from '../../kit/widget';
import { lanesOf, type Lane, type Setting } from './specs';

const CHANCE_LOSS = Math.log(10);
const LEARNED_ACCURACY = 0.5;
/** Top of the loss axis: one run that diverges must not press the others to the floor. */
const LOSS_TOP = 4;

export default defineWidget({
  kind: 'training',
  id: 'dying-relu',
  version: 1,
  title: 'ReLU units that die',
  summary:
    'Three hidden layers learn handwritten digits. How many units no training image can switch on?',
  chapter: 'activation-functions',
  params: {
    bias: number({
      label: 'Initial bias of the hidden units',
      symbol: 'b',
      help: 'Pushes every pre-activation up or down before the first step.',
      min: -4,
      max: 1,
      divisions: 50,
      default: -2,
    }),
    learningRate: number({
      label: 'Learning rate',
      symbol: 'η',
      min: 0.01,
      max: 2,
      scale: 'log',
      divisions: 60,
      default: 0.1,
    }),
    compare: choice({
      label: 'Beside it',
      help: 'The healthy network has bias 0 and learning rate 0.1. The others change the activation function alone.',
      options: [
        { value: 'healthy', label: 'A healthy ReLU network' },
        { value: 'functions', label: 'Other activation functions' },
      ],
      default: 'healthy',
    }),
    depth: int({
      label: 'Hidden layers',
      symbol: 'L',
      min: 1,
      max: 10,
      default: 3,
      advanced: true,
    }),
    width: int({ label: 'Units per layer', min: 4, max: 64, default: 32, advanced: true }),
    batchSize: int({ label: 'Batch size', min: 8, max: 128, default: 32, advanced: true }),
    steps: int({ label: 'Steps', min: 10, max: 2000, default: 300, advanced: true }),
    seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
  },
  presets: {
    problem: {
      label: 'Bias −2',
      note: 'Every unit starts two below; beside it bias 0.',
      params: {},
    },
    cure: {
      label: 'Bias −2, other functions',
      note: 'Only the activation function changes. Which slopes are enough?',
      params: { compare: 'functions' },
    },
    rate: {
      label: 'Learning rate 1',
      note: 'Bias 0: the units are killed by their own updates.',
      params: { bias: 0, learningRate: 1, seed: 2 },
    },
    halfRate: {
      label: 'Rate 0.5, other functions',
      note: 'Bias 0. ReLU loses units; what do the others lose?',
      params: { bias: 0, learningRate: 0.5, compare: 'functions' },
    },
    longer: {
      label: 'Bias −2, 2000 steps',
      note: 'The other functions once more, with patience.',
      params: { compare: 'functions', steps: 2000 },
    },
    deeper: {
      label: 'Bias −4, other functions',
      note: 'Further still. Is any of them left?',
      params: { bias: -4, compare: 'functions' },
    },
  },
  lanes: (setting) => {
    const lanes = lanesOf(setting);
    const problem = lanes[0] as Lane;
    return lanes.map(({ name, label, role, spec }) => {
      const differs = differences(problem.spec, spec).join('; ');
      return { name, label, role, ...(differs === '' ? {} : { differs }) };
    });
  },
  experiment: () => import('./experiment'),
  recorded: { points: 48, frames: 12 },
  learned: (lane) => (lane.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
  figures: [
    {
      id: 'loss',
      title: 'Loss while training',
      caption: 'Cross-entropy of each batch. A network of dead units can only guess, at ln 10.',
      chart: (setting, result) => ({
        kind: 'line',
        x: { label: 'Step', scale: 'linear', domain: [0, setting.steps], integer: true },
        y: { label: 'Batch loss', scale: 'linear', domain: [0, LOSS_TOP] },
        series: eachLane(setting, result, (lane) => ({
          x: lane.steps,
          y: lane.loss.map((loss) => Math.min(loss, LOSS_TOP)),
        })),
        references: [{ axis: 'y', at: CHANCE_LOSS, label: 'chance, ln 10' }],
      }),
    },
    {
      id: 'silent',
      title: 'Units that are silent on the batch',
      caption:
        'The share of all hidden units with slope 0 on every image of the batch of that step. A unit that is silent on one batch may still answer to another.',
      chart: (setting, result) => ({
        kind: 'line',
        x: { label: 'Step', scale: 'linear', domain: [0, setting.steps], integer: true },
        y: { label: 'Share of units', scale: 'linear', domain: [0, 1] },
        series: eachLane(setting, result, (lane) => ({
          x: lane.frameSteps,
          y: (lane.extra['deadUnits'] ?? []).map(mean),
        })),
      }),
    },
    {
      id: 'dead',
      title: 'Dead units after training, by layer',
      caption:
        'The share of units with slope 0 on every one of the 1437 training images. As long as this is so, no gradient reaches their weights.',
      chart: (setting, result) => deadByLayer(setting, result),
    },
    {
      id: 'gradient',
      title: 'Layer by step: the weight gradient of the ReLU network',
      caption: 'An exact zero has a mark of its own: a dead layer passes nothing on.',
      chart: (_, result) => gradientMap(result.lanes['problem']),
    },
  ],
  values: (setting, result) => {
    const named: Record<string, number | number[]> = {};
    for (const { name } of lanesOf(setting)) {
      const lane = result.lanes[name];
      if (lane === undefined) continue;
      const prefix = name === 'problem' ? '' : `${name}.`;
      for (const [key, value] of Object.entries(laneValues(lane, setting.depth)))
        named[prefix + key] = value;
    }
    return named;
  },
  contrast: {
    problem: { preset: 'problem', value: 'finalLoss' },
    cure: { preset: 'cure', value: 'elu.finalLoss' },
    factor: 5,
  },
  describe: (setting, result) =>
    lanesOf(setting)
      .flatMap(({ name, label }) => {
        const lane = result.lanes[name];
        return lane && lane.loss.length > 0 ? [outcome(label, lane)] : [];
      })
      .join(' '),
  prediction: {
    ask: 'Every hidden bias starts at −2, so that many ReLU units are off for every image. What will training do to them?',
    options: [
      {
        id: 'wake',
        label: 'Wake them: the biases rise',
        reply: 'A bias rises by its gradient. A unit that is off for every image has none.',
      },
      {
        id: 'some',
        label: 'Leave them off, and learn with the rest',
        reply: 'So it would be if every layer kept a few. Look at the second and the third.',
      },
      {
        id: 'stuck',
        label: 'Nothing: the network stays at chance',
        reply: 'Yes. The third layer is off as a whole, so nothing below it receives a gradient.',
      },
    ],
  },
  challenges: [
    {
      id: 'kill-by-steps',
      ask: 'With bias 0, kill at least a third of all ReLU units by training alone.',
      hint: 'What throws a bias far down within a few steps?',
      solved: (setting, result) =>
        setting.bias >= 0 && mean(result.lanes['problem']?.final?.deadUnits ?? []) >= 1 / 3,
    },
    {
      id: 'brink',
      ask: 'Find a bias of −0.5 or less at which the ReLU network still learns (training accuracy 80 %).',
      hint: 'Not every layer may be off as a whole.',
      solved: (setting, result) =>
        setting.bias <= -0.5 && (result.lanes['problem']?.final?.trainAccuracy ?? 0) >= 0.8,
    },
  ],
});

const mean = (shares: readonly number[]): number =>
  shares.reduce((sum, share) => sum + share, 0) / shares.length;

function eachLane(
  setting: Setting,
  result: TrainingResult,
  points: (lane: LaneResult) => { x: number[]; y: number[] },
): Series[] {
  return lanesOf(setting).flatMap(({ name, label, role }) => {
    const lane = result.lanes[name];
    return lane === undefined ? [] : [{ id: name, label, role, ...points(lane) }];
  });
}

/** Of the whole training part once a lane has ended, of the batch until then. */
const deadUnits = (lane: LaneResult): number[] =>
  lane.final?.deadUnits ?? lane.extra['deadUnits']?.at(-1) ?? [];

function deadByLayer(setting: Setting, result: TrainingResult): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Layer', scale: 'linear', domain: [1, setting.depth], integer: true },
    y: { label: 'Share of units', scale: 'linear', domain: [0, 1] },
    series: eachLane(setting, result, (lane) => {
      const y = deadUnits(lane);
      return { x: y.map((_, i) => i + 1), y };
    }).map((series) => ({ ...series, mark: 'both' })),
  };
}

function gradientMap(lane: LaneResult | undefined): HeatMapSpec {
  const frames = lane?.weightGradientNorm ?? [];
  const layers = frames[0]?.length ?? 0;
  const rows = Array.from({ length: layers }, (_, i) => i + 1);
  return {
    kind: 'heat',
    x: { label: 'Step', scale: 'linear', integer: true },
    y: { label: 'Layer (the last one is the output)', scale: 'linear', integer: true },
    rows,
    columns: lane?.frameSteps ?? [],
    values: rows.map((_, i) => frames.map((frame) => frame[i] ?? NaN)),
    valueLabel: '‖∂L/∂W‖',
  };
}

function laneValues(lane: LaneResult, depth: number): Record<string, number | number[]> {
  const dead = lane.final?.deadUnits ?? new Array<number>(depth).fill(NaN);
  const signal = lane.signalGradientNorm[0] ?? [];
  return {
    finalLoss: lane.final?.trainLoss ?? NaN,
    trainAccuracy: lane.final?.trainAccuracy ?? NaN,
    testAccuracy: lane.final?.testAccuracy ?? NaN,
    deadByLayer: dead,
    dead: mean(dead),
    passedAtStart: (signal[0] ?? NaN) / (signal[depth] ?? NaN),
    silentAtStart: lane.extra['deadUnits']?.[0] ?? [],
    diverged: lane.firstNonFinite === null ? 0 : 1,
  };
}

function outcome(label: string, lane: LaneResult): string {
  if (lane.firstNonFinite !== null)
    return `${label}: diverged at step ${lane.firstNonFinite.step}.`;
  const loss = lane.final?.trainLoss ?? lane.loss.at(-1) ?? NaN;
  const dead = formatPercent(mean(deadUnits(lane)));
  return lane.final
    ? `${label}: training loss ${formatNumber(loss)}, ${dead} of the units dead.`
    : `${label}: batch loss ${formatNumber(loss)}, ${dead} of the units silent on the batch.`;
}
