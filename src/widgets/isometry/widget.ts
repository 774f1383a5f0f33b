import { fixedPoint } from '../../engine/closedForms';
import type { LineChartSpec, Series } from '../../kit/charts/spec';
import { differences } from '../../kit/differences';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget, type LaneResult, type TrainingResult } from '../../kit/widget';
import { params, type IsometryValues } from './params';
import { lanesOf } from './specs';

const CHANCE_LOSS = Math.log(10);
const LEARNED_ACCURACY = 0.8;
/** A loss that counts as learned; steps are counted until a batch falls below it. */
const LOW_LOSS = 0.5;

/** One of the lists that the spectrum brings; empty before the first frame. */
const spectrum = (lane: LaneResult | undefined, name: string): number[] =>
  lane?.extra[name]?.[0] ?? [];

function eachLane(
  values: IsometryValues,
  result: TrainingResult,
  series: (lane: LaneResult) => Omit<Series, 'id' | 'label' | 'role'>,
): Series[] {
  return lanesOf(values).flatMap(({ name, label, role }) => {
    const lane = result.lanes[name];
    return lane ? [{ id: name, label, role, ...series(lane) }] : [];
  });
}

/** χ of one layer: of the linear network σ_w², else at the variance that the layers settle at. */
function chiOf({ activation, gain }: IsometryValues): number {
  if (activation === 'linear') return gain ** 2;
  if (activation === 'relu') return gain ** 2 / 2;
  return fixedPoint(activation, gain, 0).chi;
}

function growthChart(values: IsometryValues, result: TrainingResult): LineChartSpec {
  const layers = Array.from({ length: values.depth }, (_, i) => i + 1);
  const bands = eachLane(values, result, (lane) => {
    const median = spectrum(lane, 'median');
    return {
      x: layers.slice(0, median.length),
      y: median,
      band: { low: spectrum(lane, 'smallest'), high: spectrum(lane, 'largest') },
    };
  });
  const rms = spectrum(result.lanes['problem'], 'rms');
  return {
    kind: 'line',
    x: { label: 'Layer l', scale: 'linear', domain: [1, values.depth], integer: true },
    y: { label: 'Singular values of ∂h_l/∂x', scale: 'log' },
    series: [
      ...bands,
      {
        id: 'rms',
        label: 'Gaussian, root mean square',
        role: 'neutral',
        mark: 'points',
        x: layers.slice(0, rms.length),
        y: rms,
      },
      {
        id: 'theory',
        label: 'theory for it: √χ a layer',
        role: 'theory',
        x: layers,
        y: layers.map((l) => Math.sqrt(chiOf(values)) ** l),
      },
    ],
  };
}

function spectrumChart(values: IsometryValues, result: TrainingResult): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Rank, largest first', scale: 'linear', integer: true },
    y: { label: 'Singular value of ∂h_L/∂x', scale: 'log' },
    series: eachLane(values, result, (lane) => {
      const y = spectrum(lane, 'last');
      return { mark: 'both', x: y.map((_, i) => i + 1), y };
    }),
    references: [{ axis: 'y', at: 1, label: 'keeps the length' }],
  };
}

function lossChart(values: IsometryValues, result: TrainingResult): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Step', scale: 'linear', domain: [0, values.steps], integer: true },
    y: { label: 'Batch loss', scale: 'linear' },
    series: eachLane(values, result, (lane) => ({ x: lane.steps, y: lane.loss })),
    references: [{ axis: 'y', at: CHANCE_LOSS, label: 'chance, ln 10' }],
  };
}

function laneValues(lane: LaneResult): Record<string, number | number[]> {
  const low = lane.loss.findIndex((loss) => loss < LOW_LOSS);
  const last = (name: string) => spectrum(lane, name).at(-1) ?? NaN;
  return {
    largestSingularValue: last('largest'),
    medianSingularValue: last('median'),
    smallestSingularValue: last('smallest'),
    rmsSingularValue: last('rms'),
    conditionNumber: last('largest') / last('smallest'),
    finalLoss: lane.final?.trainLoss ?? NaN,
    trainAccuracy: lane.final?.trainAccuracy ?? NaN,
    testAccuracy: lane.final?.testAccuracy ?? NaN,
    lowLossSteps: lane.steps[low] ?? Infinity,
  };
}

function outcome(label: string, lane: LaneResult): string {
  const [largest, median] = ['largest', 'median'].map((name) =>
    formatNumber(spectrum(lane, name).at(-1) ?? NaN, { digits: 2 }),
  );
  const values = `${label}: largest singular value ${largest}, median ${median}`;
  if (lane.firstNonFinite) return `${values}; diverged at step ${lane.firstNonFinite.step}.`;
  if (lane.final)
    return `${values}; training accuracy ${formatPercent(lane.final.trainAccuracy ?? NaN)}.`;
  const loss = formatNumber(lane.loss.at(-1) ?? NaN);
  return `${values}; batch loss ${loss} at step ${lane.steps.at(-1)}.`;
}

export default defineWidget({
  kind: 'training',
  id: 'isometry',
  version: 1,
  title: 'Gaussian against orthogonal weights',
  summary:
    'The singular values of two deep networks as drawn, layer by layer, and then the two of them in training.',
  chapter: 'order-and-chaos',
  params,
  presets: {
    problem: {
      label: 'Linear, 20 layers',
      note: 'No activation function at all; each network has a learning rate of its own.',
      params: {},
    },
    cure: {
      label: 'Linear, 50 layers',
      note: 'The Gaussian product falls apart; the orthogonal one cannot. Both have the learning rate 0.01.',
      params: { depth: 50, orthogonalLearningRate: 0.01 },
    },
    sameRate: {
      label: 'One learning rate',
      note: '20 linear layers, both networks at 0.01: they differ in the weights alone.',
      params: { orthogonalLearningRate: 0.01 },
    },
    tanh: {
      label: 'Tanh, 50 layers',
      note: 'With momentum. Near 0 tanh is almost linear, so orthogonal weights still help.',
      params: {
        activation: 'tanh',
        depth: 50,
        optimizer: 'momentum',
        learningRate: 0.003,
        orthogonalLearningRate: 0.003,
        steps: 300,
      },
    },
    relu: {
      label: 'ReLU, 50 layers',
      note: 'With momentum and gain √2. Half of the slopes are 0, whatever the weights.',
      params: {
        activation: 'relu',
        depth: 50,
        gain: 1.41,
        optimizer: 'momentum',
        orthogonalLearningRate: 0.01,
        steps: 300,
      },
    },
  },
  lanes: (values) => {
    const [gaussian, orthogonal] = lanesOf(values);
    return [gaussian!, orthogonal!].map(({ name, label, role, spec }) => ({
      name,
      label,
      role,
      ...(name === 'cure' ? { differs: differences(gaussian!.spec, spec).join('; ') } : {}),
    }));
  },
  experiment: () => import('./experiment'),
  learned: (lane) => (lane.final?.trainAccuracy ?? 0) >= LEARNED_ACCURACY,
  figures: [
    {
      id: 'growth',
      title: 'Singular values, layer by layer',
      caption:
        'Line: the median; band: from the smallest to the largest. On average over draws the root mean square obeys the theory of χ; it hides how far the values spread.',
      chart: growthChart,
    },
    {
      id: 'spectrum',
      title: 'All singular values at the last layer',
      caption: 'How much the whole network stretches each of the directions in its input.',
      chart: spectrumChart,
    },
    {
      id: 'loss',
      title: 'Loss while training',
      caption: 'Cross-entropy of each batch of digits. At chance it is ln 10.',
      chart: lossChart,
    },
  ],
  values: (values, result) =>
    Object.fromEntries(
      lanesOf(values).flatMap(({ name }) => {
        const lane = result.lanes[name];
        const prefix = name === 'problem' ? '' : `${name}.`;
        return lane
          ? Object.entries(laneValues(lane)).map(([key, value]) => [prefix + key, value])
          : [];
      }),
    ) as Record<string, number | number[]>,
  contrast: {
    problem: { preset: 'problem', value: 'medianSingularValue' },
    cure: { preset: 'cure', value: 'cure.medianSingularValue' },
    factor: 100,
  },
  describe: (values, result) =>
    lanesOf(values)
      .flatMap(({ name, label }) => {
        const lane = result.lanes[name];
        return lane && lane.loss.length > 0 ? [outcome(label, lane)] : [];
      })
      .join(' '),
  prediction: {
    ask: 'Twenty Gaussian matrices, each of which keeps the mean square of lengths. What becomes of most directions in their product?',
    options: [
      {
        id: 'keep',
        label: 'They keep their length, more or less',
        reply: 'Run it and look at the median: the mean square is not the median.',
      },
      {
        id: 'shrink',
        label: 'They almost disappear',
        reply: 'Run it: the mean square is kept by very few directions.',
      },
    ],
  },
  challenges: [
    {
      id: 'gaussian-trains',
      ask: 'Make the Gaussian network reach a training accuracy of 90 % at 20 layers or more.',
      hint: 'It may take more steps, or another optimizer.',
      solved: (values, result) =>
        values.depth >= 20 && (result.lanes['problem']?.final?.trainAccuracy ?? 0) >= 0.9,
    },
    {
      id: 'orthogonal-fails',
      ask: 'Find a setting where the orthogonal network, too, has a median singular value below 10⁻³.',
      hint: 'What else stands in the product besides the weights?',
      solved: (_, result) => (spectrum(result.lanes['cure'], 'median').at(-1) ?? 1) < 1e-3,
    },
  ],
});
