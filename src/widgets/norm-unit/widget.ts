import type { LineChartSpec } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, grouped, preset } from '../../kit/widget';
import { params, type UnitSettings } from './params';
import { BATCHES, type Unit } from './unit';

const length = (values: readonly number[]): number => Math.hypot(...values);

function gradientChart(_: UnitSettings, result: Unit): LineChartSpec {
  const { normalized, arriving, left, slopePart, meanPart } = result;
  const order = normalized.map((_, i) => i).sort((a, b) => normalized[a]! - normalized[b]!);
  return {
    kind: 'line',
    x: { label: 'Normalized number ẑ', scale: 'linear' },
    y: { label: 'Gradient', scale: 'linear' },
    series: [
      {
        ...{ id: 'arriving', label: 'arrives', role: 'problem', mark: 'points' },
        ...{ x: normalized, y: arriving },
      },
      {
        ...{ id: 'taken', label: 'taken away', role: 'theory' },
        x: order.map((i) => normalized[i]!),
        y: order.map((i) => meanPart + slopePart[i]!),
      },
      {
        ...{ id: 'left', label: 'left', role: 'cure', mark: 'points' },
        ...{ x: normalized, y: left },
      },
    ],
  };
}

function runningChart(_: UnitSettings, { runningMean, runningVariance }: Unit): LineChartSpec {
  const x = runningMean.map((_, batch) => batch);
  return {
    kind: 'line',
    x: { label: 'Batches', scale: 'linear', integer: true, domain: [0, BATCHES] },
    y: { label: 'Running statistic', scale: 'linear' },
    series: [
      { id: 'mean', label: 'running mean', role: 'accent', x, y: runningMean },
      { id: 'variance', label: 'running variance', role: 'control', x, y: runningVariance },
    ],
  };
}

export default defineWidget<typeof params, Unit>({
  id: 'norm-unit',
  version: 1,
  kind: 'closedForm',
  title: 'A norm, number by number',
  summary:
    'Some numbers on a line, what a norm makes of them, and which part of a gradient comes back through it.',
  chapter: 'normalization',
  params,
  presets: {
    problem: preset('Eight numbers', 'One unit over a batch of eight.'),
    ...grouped('Other gradients that arrive', {
      same: preset(
        'The same gradient',
        'Each output is to grow alike: nothing of that comes back.',
        {
          arriving: 'same',
        },
      ),
      along: preset('Along the numbers', 'The outputs are to be stretched: nor does this.', {
        arriving: 'along',
      }),
    }),
    rms: preset('RMS norm', 'The mean stays in, and one direction alone is taken away.', {
      norm: 'rms',
    }),
    ...grouped('Batches of other sizes', {
      pair: preset('A batch of two', 'They become −1 and 1, wherever they lie.', { count: 2 }),
      one: preset('A batch of one', 'Its variance is 0.', { count: 1 }),
      cure: preset('A batch of 64', 'Two of 64 directions are taken away.', { count: 64 }),
    }),
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  drawing: 'The numbers on their line',
  figures: [
    {
      id: 'gradient',
      title: 'The gradient that arrives, and what is left of it',
      caption:
        'Over the normalized numbers. The dashed line is taken away: the mean of the gradient, and what grows in proportion to ẑ. What is left is multiplied by γ/√(variance + ε).',
      chart: gradientChart,
    },
    {
      id: 'running',
      title: 'The running statistics catch up',
      caption:
        'From 0 and 1 on, if every batch were this one. A network in use normalizes by these.',
      chart: runningChart,
      shown: ({ norm }) => norm === 'batch',
    },
  ],
  values: (_, result) => ({
    mean: result.mean,
    std: Math.sqrt(result.variance),
    firstNormalized: result.normalized[0]!,
    meanPart: result.meanPart,
    passedShare: result.passedShare,
    arrivingLength: length(result.arriving),
    leavingLength: length(result.leaving),
  }),
  contrast: contrast('pair: passedShare', 'cure: passedShare', { larger: 1e6 }),
  describe,
  challenges: [
    {
      id: 'outlier',
      ask: 'With at most 8 numbers and batch norm, push the first as far out as the line goes. How far does it get normalized? Make it larger than 2.4.',
      hint: 'Of B numbers none can lie further than √(B − 1) standard deviations from their mean.',
      solved: ({ norm, count }, { normalized }) =>
        norm === 'batch' && count <= 8 && Math.abs(normalized[0]!) > 2.4,
    },
    {
      id: 'nothing',
      ask: 'With three numbers or more, let a gradient arrive of which less than a thousandth comes back.',
      hint: 'Two of the directions are taken away. Choose one of them.',
      solved: ({ count }, { passedShare }) => count >= 3 && passedShare < 0.001,
    },
  ],
});

function describe({ norm, count, gamma }: UnitSettings, result: Unit, say: Say): string {
  const n = (value: number) => say.number(value);
  if (count === 1 && norm !== 'rms')
    return (
      `A single number has the variance 0: less its mean it is 0, whatever it was. So the output is β = ${n(result.output[0]!)} ` +
      'and no gradient comes back. ' +
      (norm === 'batch'
        ? 'A batch of one cannot be trained with batch norm; PyTorch refuses it.'
        : 'A layer of one unit cannot carry anything through layer norm.')
    );
  const of =
    norm === 'rms'
      ? `The root of the mean square of the ${say.count(count)} numbers is ${n(Math.sqrt(result.variance))}`
      : `The ${say.count(count)} numbers have the mean ${n(result.mean)} and the standard deviation ${n(Math.sqrt(result.variance))}`;
  const pair =
    count === 2 && norm !== 'rms'
      ? ' Two numbers become −1 and 1 wherever they lie, so moving them changes nothing and hardly any gradient comes back.'
      : '';
  return (
    `${of}; the first becomes ${n(result.normalized[0]!)}. Of the squared length of the gradient ${say.percent(result.passedShare)} is left before it is ` +
    `multiplied by ${n(gamma / Math.sqrt(result.variance + 1e-5))}.${pair}`
  );
}
