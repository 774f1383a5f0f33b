import type { LineChartSpec, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import { params, type NoiseSettings } from './params';
import { ALL, SIZES } from './plan';
import { deviation, finished, predicted, type NoiseResult } from './result';

const sizeAxis: LineChartSpec['x'] = { label: 'Batch size', scale: 'log', domain: [1, ALL] };

/** Some numbers by batch size, of the sizes that are done. */
function known(result: NoiseResult, of: readonly number[]): Pick<Series, 'x' | 'y'> {
  const points = result.sizes.flatMap((size, i) =>
    Number.isNaN(of[i]!) ? [] : [{ size, value: of[i]! }],
  );
  return { x: points.map(({ size }) => size), y: points.map(({ value }) => value) };
}

/** A logarithmic axis that ends a little beyond some numbers. */
function normAxis(values: readonly number[]): LineChartSpec['y'] {
  const seen = values.filter((value) => value > 0 && Number.isFinite(value));
  return {
    ...{ label: 'Gradient norm', scale: 'log' },
    ...(seen.length > 0 && { domain: [Math.min(...seen) / 1.3, Math.max(...seen) * 1.3] }),
  };
}

function normChart(_: NoiseSettings, result: NoiseResult): LineChartSpec {
  const { x, y } = known(result, result.rms);
  const at = (list: readonly number[]) => x.map((size) => list[SIZES.indexOf(size)]!);
  const everySize = [...SIZES, 512, ALL];
  return {
    kind: 'line',
    x: sizeAxis,
    y: normAxis([...at(result.low), ...at(result.high)]),
    series: [
      {
        ...{ id: 'rms', label: 'measured', role: 'accent', mark: 'points', x, y },
        band: { low: at(result.low), high: at(result.high) },
      },
      ...(result.trace === null
        ? []
        : [
            {
              ...{ id: 'theory', label: 'theory', role: 'theory' as const, x: everySize },
              y: everySize.map((size) => predicted(result, size)),
            },
          ]),
    ],
    ...(result.whole !== null && {
      references: [{ axis: 'y', at: result.whole, label: 'all images' }],
    }),
  };
}

const spreadChart = (_: NoiseSettings, result: NoiseResult): LineChartSpec => ({
  kind: 'line',
  x: sizeAxis,
  y: normAxis([...result.largest, ...result.median]),
  series: [
    {
      ...{ id: 'largest', label: 'largest', role: 'problem', mark: 'both' },
      ...known(result, result.largest),
    },
    {
      ...{ id: 'median', label: 'median', role: 'control', mark: 'both' },
      ...known(result, result.median),
    },
  ],
});

function describe({ draws }: NoiseSettings, result: NoiseResult, say: Say): string {
  const { whole, trace, rms, largest, median } = result;
  const done = finished(result);
  if (whole === null || done === 0) return 'No batch has been looked at yet.';
  const last = rms.findLastIndex((one) => !Number.isNaN(one));
  const told = [
    `The gradient of all ${say.count(ALL)} images is ${say.number(whole)} long.`,
    ...(trace === null
      ? []
      : [`Those of single images have the mean square ${say.number(rms[0]! ** 2)}.`]),
    ...(last > 0
      ? [
          `Over ${say.count(draws)} batches of ${say.count(SIZES[last]!)} the root of the mean square is ` +
            `${say.number(rms[last]!)}, by theory ${say.number(predicted(result, SIZES[last]!))}; ` +
            `the largest is ${say.number(largest[last]! / median[last]!)} times the median.`,
        ]
      : []),
  ];
  return told.join(' ');
}

export default defineWidget<typeof params, NoiseResult>({
  id: 'batch-noise',
  version: 1,
  kind: 'survey',
  title: 'The gradient of a batch, by its size',
  summary:
    'Batches of 1 to 256 images in one network as it was drawn: how long are their gradients, and what does theory say?',
  chapter: 'smaller-shallower',
  params,
  presets: {
    problem: preset('ReLU, ten layers', 'He’s weights, cross-entropy.'),
    shallow: preset('Two layers', 'The same, shallower.', { depth: 2 }),
    tanh: preset('Tanh', 'Ten layers, LeCun’s weights.', { activation: 'tanh' }),
    squared: preset('Squared error', 'Ten layers of ReLU.', { loss: 'meanSquaredError' }),
    exploding: preset('It explodes', 'Weights 1.5 times as large as He’s.', { weightScale: 1.5 }),
  },
  experiment: () => import('./experiment'),
  progress: (_, result) => ({ done: finished(result), total: SIZES.length }),
  figures: [
    {
      id: 'norm',
      title: 'Gradient norm by batch size',
      caption:
        'Points: the root of the mean squared norm over many batches, and two standard errors of it. Dashed: theory, which knows the gradient of each image alone and that of all, and nothing of the batches between.',
      chart: normChart,
    },
    {
      id: 'spread',
      title: 'The longest gradient, and the usual one',
      caption: 'Of the batches of each size: the largest norm, and the median.',
      chart: spreadChart,
    },
  ],
  describe,
  values: (_, result) => ({
    rmsGradientNorm: result.rms,
    predictedGradientNorm: SIZES.map((size) => predicted(result, size)),
    largestOverMedian: result.largest.map((largest, i) => largest / result.median[i]!),
    singleRms: result.rms[0]!,
    largeBatchRms: result.rms.at(-1)!,
    wholeGradientNorm: result.whole ?? NaN,
    noiseScale: (result.trace ?? NaN) / (result.whole ?? NaN) ** 2,
    worstDeviation: Math.max(...SIZES.map((_, i) => deviation(result, i))),
  }),
  contrast: contrast('problem: singleRms', 'problem: largeBatchRms', { smaller: 1.5 }),
  prediction: {
    ask: 'The gradient of a batch is the mean over its images. How much longer is that of one image than that of 256, in the root of the mean square?',
    replies: {
      'Not at all: a mean is a mean':
        'The mean of the gradients is the same. But noise of the single ones adds to the length, and averages out in a large batch.',
      'About twice as long': 'Yes, in this network. It depends on how much the images disagree.',
      '16 times as long, the root of 256':
        'That would be pure noise. A part of the gradient is the same for all images, and is not averaged out.',
    },
  },
});
