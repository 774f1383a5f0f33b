import type { LineChartSpec, Series } from '../../kit/charts/spec';
import { differences } from '../../kit/differences';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget, type LaneResult, type TrainingResult } from '../../kit/widget';
import { params, type SymmetryValues } from './params';
import { lanesOf, type Lane } from './specs';

const CHANCE_LOSS = Math.log(10);
const LEARNED_ACCURACY = 0.5;

type Statistic = 'weightRank' | 'gradientRank' | 'distinctUnits';

/** One statistic of one layer (from 1) at every frame. */
const course = (lane: LaneResult, statistic: Statistic, layer: number): number[] =>
  (lane.extra[statistic] ?? []).map((frame) => frame[layer - 1] ?? NaN);

/** The curves of both networks, the second on top. */
function both(
  values: SymmetryValues,
  result: TrainingResult,
  points: (lane: LaneResult) => Pick<Series, 'x' | 'y'>,
): Series[] {
  return lanesOf(values).flatMap(({ name, label }) => {
    const lane = result.lanes[name];
    return lane ? [{ id: name, label, role: name, ...points(lane) }] : [];
  });
}

function unitsChart(
  statistic: Statistic,
  label: string,
  layer: number,
): (values: SymmetryValues, result: TrainingResult) => LineChartSpec {
  return (values, result) => ({
    kind: 'line',
    x: { label: 'Step', scale: 'linear', domain: [0, values.steps], integer: true },
    y: { label, scale: 'linear', domain: [0, values.width], integer: true },
    series: both(values, result, (lane) => ({
      x: lane.frameSteps,
      y: course(lane, statistic, layer),
    })),
  });
}

function outcome({ label }: Lane, lane: LaneResult): string {
  const [rank, distinct] = [course(lane, 'weightRank', 1), course(lane, 'distinctUnits', 1)];
  const count = distinct.at(-1);
  const units = `layer 1 has ${count} different ${count === 1 ? 'unit' : 'units'} and rank ${rank.at(-1)}`;
  if (lane.firstNonFinite) return `${label}: diverged at step ${lane.firstNonFinite.step}.`;
  if (!lane.final) return `${label}: at step ${lane.frameSteps.at(-1)} ${units}.`;
  return (
    `${label}: training loss ${formatNumber(lane.final.trainLoss)}, test accuracy ` +
    `${formatPercent(lane.final.testAccuracy ?? NaN)}; ${units}.`
  );
}

export default defineWidget({
  id: 'init-symmetry',
  version: 1,
  kind: 'training',
  title: 'Units that start alike stay alike',
  summary:
    'A small network whose weights all start at one value, beside its twin with random weights.',
  chapter: 'weight-initialization',
  params,
  presets: {
    problem: {
      label: 'All weights 0.1',
      note: 'Every unit of a layer starts as the same unit.',
      params: {},
    },
    zeros: {
      label: 'All weights 0',
      note: 'No unit passes anything on, in either direction.',
      params: { start: 'zeros' },
    },
    zerosSigmoid: {
      label: 'All weights 0, sigmoid',
      note: 'σ(0) is ½, so something does pass.',
      params: { start: 'zeros', activation: 'sigmoid' },
    },
    randomOutput: {
      label: 'Random output layer',
      note: 'Only the last matrix is drawn.',
      params: { start: 'randomOutput' },
    },
    cure: {
      label: 'Cure: random biases',
      note: 'The weights still start at 0.1, all of them.',
      params: { start: 'randomBias' },
    },
  },
  lanes: (values) => {
    const [first, second] = lanesOf(values);
    return [
      { name: first.name, label: first.label, role: 'problem' },
      {
        name: second.name,
        label: second.label,
        role: 'cure',
        differs: differences(first.spec, second.spec).join('; '),
      },
    ];
  },
  experiment: () => import('./experiment'),
  learned: (lane) => (lane.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
  figures: [
    {
      id: 'distinct',
      title: 'Different units in layer 1',
      caption: 'How many of its rows of weights differ. One means that all units compute the same.',
      chart: unitsChart('distinctUnits', 'Different units', 1),
    },
    {
      id: 'loss',
      title: 'Loss while training',
      caption: 'Cross-entropy of each batch. At chance it is ln 10: the network guesses.',
      chart: (values, result) => ({
        kind: 'line',
        x: { label: 'Step', scale: 'linear', domain: [0, values.steps], integer: true },
        y: { label: 'Batch loss', scale: 'linear' },
        series: both(values, result, (lane) => ({ x: lane.steps, y: lane.loss })),
        references: [{ axis: 'y', at: CHANCE_LOSS, label: 'chance, ln 10' }],
      }),
    },
    {
      id: 'rank',
      title: 'Rank of the weight matrix of layer 1',
      caption: 'In how many independent directions the layer looks at its input.',
      chart: unitsChart('weightRank', 'Rank of W₁', 1),
    },
    {
      id: 'gradient-rank',
      title: 'Rank of the weight gradient of layer 1',
      caption: 'Where it is 1, a step moves all units by the same vector, up to a factor.',
      chart: unitsChart('gradientRank', 'Rank of ∂L/∂W₁', 1),
    },
    {
      id: 'distinct-second',
      title: 'Different units in layer 2',
      caption: 'The same for the second hidden layer, the one below the output.',
      chart: unitsChart('distinctUnits', 'Different units', 2),
    },
  ],
  values: (values, result) => {
    const named: Record<string, number> = {};
    for (const { name } of lanesOf(values)) {
      const lane = result.lanes[name];
      if (lane === undefined) continue;
      const prefix = name === 'problem' ? '' : `${name}.`;
      const add = (key: string, value: number | null | undefined) =>
        (named[prefix + key] = value ?? NaN);
      add('finalLoss', lane.final?.trainLoss);
      add('trainAccuracy', lane.final?.trainAccuracy);
      add('testAccuracy', lane.final?.testAccuracy);
      add('rank', course(lane, 'weightRank', 1).at(-1));
      add('gradientRank', course(lane, 'gradientRank', 1).at(-1));
      add('distinctUnits', course(lane, 'distinctUnits', 1).at(-1));
      add('distinctUnitsSecond', course(lane, 'distinctUnits', 2).at(-1));
    }
    return named;
  },
  contrast: {
    problem: { preset: 'problem', value: 'distinctUnits' },
    cure: { preset: 'cure', value: 'distinctUnits' },
    factor: 8,
  },
  describe: (values, result) =>
    lanesOf(values)
      .flatMap((lane) => {
        const shown = result.lanes[lane.name];
        return shown && shown.frameSteps.length > 0 ? [outcome(lane, shown)] : [];
      })
      .join(' '),
  prediction: {
    ask: 'Eight units, all of whose weights start at 0.1. After 300 steps of training, how many of the eight are different?',
    options: [
      {
        id: 'one',
        label: 'One: they are all the same',
        reply: 'Yes. Equal units get equal gradients, to the last bit, at every step.',
      },
      {
        id: 'some',
        label: 'Two or three',
        reply: 'What would tell two of them apart? Run it and look at the first figure.',
      },
      {
        id: 'all',
        label: 'All eight',
        reply: 'Training moves every weight, and moves equal units equally. Run it.',
      },
    ],
  },
  challenges: [
    {
      id: 'biases',
      ask: 'Make all units of layer 1 differ without a single random weight.',
      hint: 'Weights are not all that a unit has.',
      solved: (values, result) =>
        values.start === 'randomBias' &&
        course(result.lanes['problem'] as LaneResult, 'distinctUnits', 1).at(-1) === values.width,
    },
    {
      id: 'half',
      ask: 'Break the symmetry in layer 2 and leave it whole in layer 1.',
      hint: 'Which layer hears of the output weights first?',
      solved: (_, result) => {
        const lane = result.lanes['problem'] as LaneResult;
        return (
          course(lane, 'distinctUnits', 1).at(-1) === 1 &&
          (course(lane, 'distinctUnits', 2).at(-1) ?? 0) > 1
        );
      },
    },
  ],
});
