import type { HeatMapSpec, LineChartSpec } from '../../kit/charts/spec';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget, type LaneResult, type TrainingResult } from '../../kit/widget';
import { params, type HomeValues } from './params';

const LANE = 'network';
const CHANCE_LOSS = Math.log(10);
const LEARNED_ACCURACY = 0.8;
/** Upper end of the loss axis, so that the noise of a stuck network does not look like learning. */
const LOSS_TOP = 3;
/** log10 of a gradient's size at the cold end, in the middle and at the hot end of the map. */
const SCALE: [number, number, number] = [-6, -1, 3];

type Condition = 'vanishing' | 'healthy' | 'exploding';

/** What the signal meets on its way back, by the share of it that reaches the first layer. */
function conditionOf(ratio: number): Condition {
  if (ratio < 1e-2) return 'vanishing';
  return ratio > 10 ? 'exploding' : 'healthy';
}

/** ‖∂L/∂z₁‖ over the last hidden layer's ‖∂L/∂z_L‖, before the first update. */
function firstLayerRatio(lane: LaneResult, depth: number): number {
  const norms = lane.signalGradientNorm[0] ?? [];
  return (norms[0] ?? NaN) / (norms[depth - 1] ?? NaN);
}

const ROLE = (gain: number) => (gain > 0.7 && gain < 1.5 ? 'cure' : 'problem');

function heat(_: HomeValues, result: TrainingResult): HeatMapSpec {
  const frames = result.lanes[LANE]?.signalGradientNorm ?? [];
  const layers = frames[0]?.length ?? 0;
  return {
    kind: 'heat',
    x: { label: 'Step', scale: 'linear', integer: true },
    y: { label: 'Layer', scale: 'linear', integer: true },
    rows: Array.from({ length: layers }, (_row, i) => i + 1),
    columns: result.lanes[LANE]?.frameSteps ?? [],
    values: Array.from({ length: layers }, (_row, i) => frames.map((frame) => frame[i] ?? NaN)),
    scale: SCALE,
    valueLabel: '‖∂L/∂z‖',
  };
}

function loss(values: HomeValues, result: TrainingResult): LineChartSpec {
  const lane = result.lanes[LANE];
  return {
    kind: 'line',
    x: { label: 'Step', scale: 'linear', domain: [0, values.steps], integer: true },
    y: {
      label: 'Batch loss',
      scale: 'linear',
      domain: [0, Math.max(LOSS_TOP, ...(lane?.loss ?? []))],
    },
    series: [
      {
        id: LANE,
        label: 'Loss',
        role: ROLE(values.gain),
        x: lane?.steps ?? [],
        y: lane?.loss ?? [],
      },
    ],
    references: [{ axis: 'y', at: CHANCE_LOSS, label: 'chance, ln 10' }],
  };
}

export default defineWidget({
  kind: 'training',
  id: 'home-network',
  version: 1,
  title: 'Break a network, and mend it',
  summary: 'The size of the initial weights decides whether ten layers learn to read digits.',
  chapter: 'introduction',
  params,
  presets: {
    problem: { label: 'Vanishing', note: 'Weights at 0.3 of the healthy size.', params: {} },
    cure: {
      label: 'Healthy',
      note: 'Nothing but the size of the weights changes.',
      params: { gain: 1 },
    },
    exploding: {
      label: 'Exploding',
      note: 'Weights at 4 times the healthy size.',
      params: { gain: 4 },
    },
  },
  lanes: ({ gain, depth }) => [
    { name: LANE, label: `${depth} tanh layers, gain ${formatNumber(gain)}`, role: ROLE(gain) },
  ],
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  learned: (lane) => (lane.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
  figures: [
    {
      id: 'gradient',
      title: 'What reaches each layer, while it trains',
      caption:
        'The signal gradient: a row for each layer, a column for each step. Blue vanishes, red explodes.',
      chart: heat,
    },
    {
      id: 'loss',
      title: 'Loss',
      caption: 'A network that guesses stays at ln 10.',
      chart: loss,
    },
  ],
  values: ({ depth }, result): Record<string, number | number[]> => {
    const lane = result.lanes[LANE];
    if (lane === undefined) return {};
    return {
      firstLayerRatio: firstLayerRatio(lane, depth),
      initialSignalGradientNorm: lane.signalGradientNorm[0] ?? [],
      initialWeightGradientNorm: lane.weightGradientNorm[0] ?? [],
      finalLoss: lane.final?.trainLoss ?? NaN,
      trainAccuracy: lane.final?.trainAccuracy ?? NaN,
      testAccuracy: lane.final?.testAccuracy ?? NaN,
    };
  },
  contrast: {
    problem: { preset: 'problem', value: 'firstLayerRatio' },
    cure: { preset: 'cure', value: 'firstLayerRatio' },
    factor: 1e3,
  },
  describe: ({ depth }, result) => {
    const lane = result.lanes[LANE];
    if (lane === undefined || lane.loss.length === 0) return '';
    const ratio = firstLayerRatio(lane, depth);
    const start =
      `At the start the signal at layer 1 is ${formatNumber(ratio, { digits: 2 })} times that at ` +
      `layer ${depth}: ${conditionOf(ratio)}.`;
    if (lane.firstNonFinite) return `${start} The run stopped at step ${lane.firstNonFinite.step}.`;
    if (lane.final) {
      return (
        `${start} After ${lane.steps.at(-1)} steps it reads ` +
        `${formatPercent(lane.final.testAccuracy ?? NaN)} of the test images correctly; guessing gives 10%.`
      );
    }
    return `${start} Batch loss ${formatNumber(lane.loss.at(-1) ?? NaN)} at step ${lane.steps.at(-1)}.`;
  },
  prediction: {
    ask: 'The initial weights are at 0.3 of the healthy size, in ten layers. Will 300 steps be enough to learn?',
    options: [
      {
        id: 'slowly',
        label: 'Yes, a little slower',
        reply:
          'Nine factors of 0.3 leave 0.00002 of the signal on the way back, and the images fade as much on the way forwards.',
      },
      {
        id: 'no',
        label: 'No',
        reply: 'Run it, then press Healthy: only the size of the weights differs.',
      },
    ],
  },
  challenges: [
    {
      id: 'smallest',
      ask: 'Find a size below 0.8 with which the network still reads more than 80 % of the training images.',
      solved: ({ gain }, result) =>
        gain < 0.8 && (result.lanes[LANE]?.final?.trainAccuracy ?? 0) > LEARNED_ACCURACY,
    },
  ],
});
