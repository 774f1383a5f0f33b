import type { LineChartSpec, Series } from '../../kit/charts/spec';
import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  grouped,
  outcome,
  preset,
  seriesOf,
  values,
  type RanLane,
  type Run,
} from '../../kit/training';
import { mean, spreadOf } from '../../kit/spread';
import type { LaneResult } from '../../kit/widget';
import { lanesOf } from './lanes';
import { carry, params, type PenaltySettings } from './params';
import { decayed, keptPerStep } from './theory';

/** Over so many batches at the end a loss is averaged. */
const WINDOW = 20;

/** Four symbols that are equally frequent. */
const GUESS = Math.log(4);

/** Below this share of what a guess costs, a network has solved its task. */
const SOLVED = 0.3;

/** The same for the adding task, whose guess costs 1/6: its mean squared error. */
const ADDED = 0.2 / 6;

/** The mean loss of the last batches; NaN of a run that left the finite numbers. */
const lastLoss = ({ loss, firstNonFinite }: LaneResult): number =>
  firstNonFinite === null ? mean(loss.slice(-WINDOW)) : NaN;

/** Whether a run has solved its task; that of adding has no classes, and so no accuracies. */
const hasSolved = (lane: LaneResult): boolean =>
  lastLoss(lane) < (lane.accuracy.length > 0 ? SOLVED * GUESS : ADDED);

type Size = 'spectralRadius' | 'spectralNorm';

/** The size of the recurrent matrix, frame by frame. */
const sizes = (result: LaneResult, statistic: Size): number[] =>
  framesOf(result, statistic).map(([one]) => one ?? NaN);

/** The size at the end; of a run that left the finite numbers, the last one that is a number. */
const lastSize = (result: LaneResult, statistic: Size): number =>
  sizes(result, statistic).findLast(Number.isFinite) ?? NaN;

const sizeAtStart =
  (statistic: Size) =>
  ({ result }: RanLane): number =>
    sizes(result, statistic)[0] ?? NaN;

/** The axis of some curves: as far as they go, but not where one explodes, nor to the last of what has shrunk. */
function domainOf(curves: readonly Series[]): [number, number] {
  const start = Math.max(...curves.map(({ y }) => y[0] ?? NaN).filter(Number.isFinite));
  const seen = curves.flatMap(({ y }) => y).filter((value) => Number.isFinite(value) && value > 0);
  const low = seen.reduce((a, b) => Math.min(a, b), start);
  const high = seen.reduce((a, b) => Math.max(a, b), start);
  return [Math.max(low, start / 200) / 1.2, Math.min(high, 3 * start) * 1.2];
}

/** A size of the recurrent matrix over the steps, and what the penalty alone would leave of it. */
function sizeChart(run: Run<PenaltySettings>, statistic: Size, label: string): LineChartSpec {
  const measured = seriesOf(run.lanes, ({ result }) => ({
    x: result.frameSteps,
    y: sizes(result, statistic),
  }));
  const theory = run.lanes.flatMap((lane): Series[] => {
    const kept = keptPerStep(lane.spec);
    if (kept === null) return [];
    const x = Array.from({ length: run.steps + 1 }, (_, k) => k);
    return [
      {
        ...{ id: `${lane.name}-theory`, label: `${lane.label}, alone`, role: 'theory', x },
        y: decayed(sizeAtStart(statistic)(lane), kept, x),
      },
    ];
  });
  return {
    kind: 'line',
    x: figures.stepAxis(run),
    y: { label, scale: 'log', domain: domainOf([...measured, ...theory]) },
    series: [...measured, ...theory],
    references: statistic === 'spectralRadius' ? [{ axis: 'y', at: 1, label: 'keeps' }] : [],
  };
}

export default defineTraining({
  id: 'weight-penalty',
  version: 1,
  title: 'A penalty on the recurrent weights',
  summary:
    'A recurrent network whose gradient explodes while it trains, with a penalty on its recurrent weights, without one, and clipped instead.',
  chapter: 'penalties',
  params,
  carry,
  presets: {
    ...grouped('Where it helps', {
      problem: preset(
        'Strength 0.1',
        'A linear network, stretching by 1.05 per time step. Its seed was chosen: the penalty saves this draw.',
      ),
      weak: preset('0.03', 'The same with a third of the strength.', { strength: 0.03 }),
      strong: preset('0.3', 'The same with three times the strength.', { strength: 0.3 }),
      slow: preset('Lower rate', 'Strength 0.1, learning rate 0.005.', { learningRate: 0.005 }),
      fast: preset('Higher rate', 'Strength 0.1, learning rate 0.01.', { learningRate: 0.01 }),
      cures: preset('Three cures', 'Penalty, clipping and another start.', { compare: 'cures' }),
    }),
    ...grouped('Where it fails', {
      adding: preset('From the first step', 'Weights × 1.3: it overflows at once.', {
        ...{ network: 'adding', compare: 'cures', gain: 1.3, strength: 10 },
      }),
      memory: preset('Memory', 'A tanh network whose matrix shrinks, and what it remembers.', {
        ...{ network: 'tanh', gain: 2, learningRate: 0.2, strength: 0.3 },
      }),
      overshoot: preset('Far too strong', 'ηλ_w is above 2.', { strength: 300 }),
    }),
    ...grouped('Three kinds', {
      kinds: preset(
        'Gradient descent',
        'A network that forgets at once, so that the penalty acts nearly alone.',
        { compare: 'kinds', gain: 0.5, strength: 0.3 },
      ),
      adam: preset('Adam, long gradients', 'The network that overflows at once, with Adam.', {
        ...{ network: 'adding', compare: 'kinds', gain: 1.3, strength: 0.3 },
        ...{ optimizer: 'adam', learningRate: 0.005 },
      }),
      adamSmall: preset('Adam, short gradients', 'The network that forgets, with Adam.', {
        ...{ compare: 'kinds', gain: 0.5, strength: 0.1, optimizer: 'adam', learningRate: 0.005 },
      }),
      l1: preset('L1', 'On the first network, at a strength of 0.01.', {
        ...{ kind: 'l1', strength: 0.01 },
      }),
    }),
  },
  lanes: lanesOf,
  statistics: ['spectralRadius', 'spectralNorm'],
  recorded: { points: 90, frames: 26, seeds: 40 },
  seedsAtOnce: 40,
  learned: hasSolved,
  overSeeds: (lanes, say) => {
    const radii = lanes
      .filter(({ firstNonFinite }) => firstNonFinite === null)
      .map((lane) => lastSize(lane, 'spectralRadius'));
    return radii.length === 0
      ? ''
      : `Spectral radius at the end, in the median of the finite runs: ${say.number(spreadOf(radii).median)}.`;
  },
  figures: [
    figures.loss({
      cutAbove: 3,
      caption: 'The loss of each batch, without the penalty. Guessing a symbol costs ln 4.',
    }),
    {
      id: 'radius',
      title: 'Spectral radius of the recurrent matrix',
      caption:
        'The size of its largest eigenvalue. Dashed: what the penalty alone would leave of it, |1 − ηλ_w|ᵏ after k steps. Where a line leaves the axis the table has its numbers.',
      time: 'course',
      chart: (run) => sizeChart(run, 'spectralRadius', 'Spectral radius'),
    },
    {
      id: 'norm',
      title: 'Spectral norm of the recurrent matrix',
      caption:
        'The most by which it stretches any vector, with the same theory. The norm is never below the radius.',
      time: 'course',
      chart: (run) => sizeChart(run, 'spectralNorm', 'Spectral norm'),
    },
  ],
  values: {
    finalLoss: values.finalLoss,
    initialLoss: values.initialLoss,
    firstNonFiniteStep: values.firstNonFiniteStep,
    initialGlobalNorm: ({ result }) => result.globalNorm[0] ?? NaN,
    lastLoss: ({ result }) => lastLoss(result),
    initialSpectralRadius: sizeAtStart('spectralRadius'),
    initialSpectralNorm: sizeAtStart('spectralNorm'),
    spectralRadius: ({ result }) => lastSize(result, 'spectralRadius'),
    spectralNorm: ({ result }) => lastSize(result, 'spectralNorm'),
    /** What the penalty alone would leave of every weight over the whole run. */
    keptShare: ({ spec }) => {
      const kept = keptPerStep(spec);
      return kept === null ? undefined : Math.abs(kept) ** spec.steps;
    },
  },
  contrast: contrast('memory: spectralRadius', 'memory: cure.spectralRadius', { smaller: 2 }),
  tell: (lane, say) => {
    const radius = lastSize(lane.result, 'spectralRadius');
    return (
      `${outcome(lane, say, { always: true })} Its spectral radius went from ` +
      `${say.number(sizeAtStart('spectralRadius')(lane))} to ${say.number(radius)}.`
    );
  },
});
