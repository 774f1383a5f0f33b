import type { HeatMapSpec, HeatOverlay, LineChartSpec } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import { params, type ValleySettings } from './params';
import { descend, gradientNorm, STEPS, stepsUntil, type Valley, weightsAt } from './valley';

/** What counts as arrived: a hundredth of the way is left. */
const ARRIVED = 0.01;

/** Places of the picture: as much wider than high as its plot is, so that a circle is drawn as one. */
const COLUMNS = Array.from({ length: 49 }, (_, k) => (k - 24) / 10);
const ROWS = Array.from({ length: 25 }, (_, k) => (k - 12) / 10);

/** How far the lines of equal loss that are drawn reach along the valley. */
const CONTOURS = [0.4, 0.8, 1.15];
const AROUND = 48;

/** Steps that are shorter than this are part of the line alone: their points would cover each other. */
const SHORTEST = 0.12;

/** A line of equal loss: an ellipse, long where the valley is flat. */
function contour({ steep }: Valley, radius: number): HeatOverlay {
  const points = Array.from({ length: AROUND + 1 }, (_, k) => {
    const angle = (2 * Math.PI * k) / AROUND;
    const across = (radius * Math.cos(angle)) / Math.sqrt(steep);
    return weightsAt(across, radius * Math.sin(angle));
  });
  return {
    ...{ id: `contour-${radius}`, label: 'equal loss', role: 'theory', mark: 'line' },
    ...{ x: points.map(([first]) => first), y: points.map(([, second]) => second) },
  };
}

function valleyChart(_: ValleySettings, valley: Valley): HeatMapSpec {
  const path = valley.across.map((across, step) => weightsAt(across, valley.along[step]!));
  const x = path.map(([first]) => first);
  const y = path.map(([, second]) => second);
  const seen = x.map(
    (at, step) => step === 0 || Math.hypot(at - x[step - 1]!, y[step]! - y[step - 1]!) > SHORTEST,
  );
  return {
    kind: 'heat',
    x: { label: 'First weight, from the minimum', scale: 'linear' },
    y: { label: 'Second weight, from the minimum', scale: 'linear' },
    rows: ROWS,
    columns: COLUMNS,
    values: ROWS.map((second) => COLUMNS.map((first) => gradientNorm(valley.steep, first, second))),
    scale: [-2, 0, 2],
    valueLabel: 'Size of the gradient',
    overlay: [
      ...CONTOURS.map((radius) => contour(valley, radius)),
      { id: 'path', label: 'descent', role: 'neutral', mark: 'line', x, y },
      {
        ...{ id: 'steps', label: 'steps', role: 'neutral', mark: 'points' },
        ...{ x: x.filter((_, step) => seen[step]), y: y.filter((_, step) => seen[step]) },
      },
    ],
  };
}

function errorChart(_: ValleySettings, { across, along }: Valley, say: Say): LineChartSpec {
  const x = across.map((_, step) => step);
  return {
    kind: 'line',
    x: { label: 'Step', scale: 'linear', integer: true, domain: [0, STEPS] },
    y: { label: 'Distance from the minimum', scale: 'log' },
    series: [
      { id: 'across', label: 'across', role: 'problem', x, y: across.map(Math.abs) },
      { id: 'along', label: 'along', role: 'control', x, y: along.map(Math.abs) },
    ],
    references: [{ axis: 'y', at: ARRIVED, label: `${say.percent(ARRIVED)} of the way left` }],
  };
}

/** What a factor of a step does to an error, in words. */
function told(factor: number, say: Say): string {
  const size = Math.abs(factor);
  const side = factor < 0 ? ' and turned around' : '';
  return `multiplied by ${say.number(size)}${side}`;
}

function describe(_: ValleySettings, valley: Valley, say: Say): string {
  const steps = stepsUntil(ARRIVED, valley);
  const end = Number.isFinite(steps)
    ? `After ${say.count(steps)} steps a hundredth of the way is left.`
    : 'It does not come to rest.';
  return (
    `The valley is ${say.number(Math.sqrt(valley.steep))} times as long as it is wide. At each step the ` +
    `error across it is ${told(valley.steepFactor, say)}, and the error along it ` +
    `${told(valley.flatFactor, say)}. ${end}`
  );
}

export default defineWidget<typeof params, Valley>({
  id: 'narrow-valley',
  version: 1,
  kind: 'closedForm',
  title: 'Gradient descent in a narrow valley',
  summary:
    'Two weights and a quadratic loss: one learning rate for the steep walls of a valley and its flat floor.',
  chapter: 'exploding-gradients',
  params,
  presets: {
    problem: preset('Narrow valley', 'κ = 50, at nine tenths of the critical rate.'),
    cure: preset('Round bowl', 'The same rate with κ = 1.', { conditionNumber: 1 }),
    slow: preset('No zigzag', 'Below half the critical rate no step crosses the valley.', {
      rate: 0.45,
    }),
    over: preset('Five percent too fast', 'r = 1.05: each swing is wider than the last.', {
      rate: 1.05,
    }),
  },
  experiment: () => import('./experiment'),
  figures: [
    {
      id: 'valley',
      title: 'The way down, seen from above',
      caption:
        'Dashed ellipses join places of equal loss; colour says how large the gradient is. It points across the ellipses, so most of each step is spent going from wall to wall.',
      chart: valleyChart,
    },
    {
      id: 'errors',
      title: 'How far is left, across the valley and along it',
      caption:
        'Each direction has a factor of its own, hence two straight lines on this logarithmic axis. The slower one decides.',
      chart: errorChart,
    },
  ],
  describe,
  values: ({ conditionNumber }, valley) => ({
    conditionNumber,
    steepFactor: valley.steepFactor,
    flatFactor: valley.flatFactor,
    arrivalSteps: stepsUntil(ARRIVED, valley),
  }),
  contrast: contrast('problem: arrivalSteps', 'cure: arrivalSteps', { smaller: 5 }),
  challenges: [
    {
      id: 'fastest',
      ask: 'Keep κ at 50 or more, and arrive in as few steps as any rate allows.',
      hint: 'At the best rate both errors shrink by the same factor.',
      solved: ({ conditionNumber }, valley) =>
        conditionNumber >= 50 &&
        stepsUntil(ARRIVED, valley) <=
          stepsUntil(
            ARRIVED,
            descend({ conditionNumber, rate: conditionNumber / (conditionNumber + 1) }),
          ) +
            3,
    },
    {
      id: 'edge',
      ask: 'Find a rate at which the error across the valley grows although the one along it shrinks.',
      hint: 'One rate can be too large for one direction and far too small for another.',
      solved: (_, { steepFactor, flatFactor }) =>
        Math.abs(steepFactor) > 1 && Math.abs(flatFactor) < 1,
    },
  ],
});
