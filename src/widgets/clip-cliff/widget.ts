import { cliffDescent } from '../../engine/closedForms';
import type { LineChartSpec, Series } from '../../kit/charts/spec';
import {
  contrast,
  defineTraining,
  figures,
  framesOf,
  preset,
  seriesOf,
  values,
  type RanLane,
  type Run,
} from '../../kit/training';
import { lanesOf } from './lanes';
import { params, type CliffSettings } from './params';
import { planeChart } from './plane';

/** Below this loss a descent has arrived: σ(x₅₀) is within 0.1 of its target. */
const ARRIVED = 0.01;

/** A step that is longer than this has thrown the descent off the picture. */
const FLUNG = 1;

/** Steps that are shorter than this are part of the line alone: their points would cover each other. */
const SHORTEST = 0.03;

/** w and b of each frame. */
const path = ({ result }: RanLane): number[][] => framesOf(result, 'parameters');

/** How far each frame is from where the descent began. */
function distances(lane: RanLane): number[] {
  const [start] = path(lane);
  return path(lane).map(([w = NaN, b = NaN]) => Math.hypot(w - start![0]!, b - start![1]!));
}

const farthest = (lane: RanLane): number => Math.max(...distances(lane));
const largestNorm = ({ result }: RanLane): number => Math.max(...result.globalNorm);

/** The same descent in double precision, without clipping or with that by the global norm. */
const inDoubles = (lane: RanLane) => {
  const { network, optimizer, clip, steps } = lane.spec;
  if (network.kind !== 'oneUnit' || (clip && clip.kind !== 'globalNorm')) return undefined;
  const drawn = network.weightSpread === undefined ? [] : path(lane)[0];
  const [weight = network.weight, bias = network.bias] = drawn ?? [];
  return cliffDescent(weight, bias, optimizer.learningRate, steps, clip?.maxNorm ?? null);
};

/** Something of each step in the run, and dashed beside it the same in doubles. */
function bySteps(
  run: Run<CliffSettings>,
  label: string,
  measured: (lane: RanLane) => Pick<Series, 'x' | 'y'>,
  theory: (state: ReturnType<typeof cliffDescent>[number]) => number,
): LineChartSpec {
  return {
    kind: 'line',
    x: figures.stepAxis(run),
    y: { label, scale: 'log' },
    series: [
      ...seriesOf(run.lanes, measured),
      ...run.lanes.flatMap((lane): Series[] => {
        const states = inDoubles(lane);
        return states
          ? [
              {
                id: `doubles-${lane.name}`,
                label: `${lane.label.toLowerCase()}, in 64 bits`,
                role: 'theory',
                x: states.map((_, step) => step),
                y: states.map(theory),
              },
            ]
          : [];
      }),
    ],
  };
}

export default defineTraining({
  id: 'clip-cliff',
  version: 1,
  title: 'Descent at a cliff',
  summary:
    'One recurrent unit over 50 time steps: its loss has a wall, and two descents from one start come to it.',
  chapter: 'clipping',
  params,
  presets: {
    problem: preset('The cliff', 'Rate 0.1, and a gradient of at most 0.5 beside all of it.'),
    high: preset('Threshold too high', 'At C = 100 the step is 10 long: still over the edge.', {
      threshold: 100,
    }),
    low: preset('Threshold too low', 'At C = 0.01 no step is longer than 0.001.', {
      ...{ threshold: 0.01, steps: 300 },
    }),
    thin: preset(
      'A wall too thin',
      'Here a step is wider than the wall: both jump across, unharmed.',
      {
        ...{ weight: 6.5, bias: -3.05, steps: 300 },
      },
    ),
  },
  view: () => import('./View.svelte'),
  draggable: true,
  lanes: lanesOf,
  seeded: ({ start }) => start === 'around',
  statistics: ['parameters'],
  recorded: { points: 301, frames: 301 },
  learned: ({ final }) => (final?.trainLoss ?? Infinity) < ARRIVED,
  figures: [
    {
      id: 'plane',
      title: 'The loss, and the way down',
      caption:
        'Colour is the loss; the dashed line is the wall. A descent that leaves the picture ends at its last place inside it, and the chart of the weight has the rest.',
      chart: ({ lanes }) =>
        planeChart([
          ...lanes.flatMap((lane) => {
            const places = path(lane);
            const x = places.map(([w = NaN]) => w);
            const y = places.map(([, b = NaN]) => b);
            const seen = x.map(
              (at, k) => k > 0 && Math.hypot(at - x[k - 1]!, y[k]! - y[k - 1]!) > SHORTEST,
            );
            const of = { role: lane.role, label: lane.label };
            return [
              { ...of, id: lane.name, mark: 'line' as const, x, y },
              {
                ...{ ...of, id: `${lane.name}-steps`, mark: 'points' as const },
                ...{ x: x.filter((_, k) => seen[k]), y: y.filter((_, k) => seen[k]) },
              },
            ];
          }),
          {
            ...{ id: 'start', label: 'start', role: 'neutral', mark: 'points', text: ['start'] },
            x: lanes.slice(0, 1).flatMap((lane) => path(lane)[0]?.[0] ?? []),
            y: lanes.slice(0, 1).flatMap((lane) => path(lane)[0]?.[1] ?? []),
          },
        ]),
    },
    {
      id: 'loss',
      title: 'Loss',
      caption:
        'Dashed: the same descents in 64 bits instead of 32. They agree until the wall, where a gradient of hundreds makes the last digit count.',
      time: 'course',
      chart: (run) =>
        bySteps(
          run,
          'Loss',
          ({ result }) => ({ x: result.steps, y: result.loss }),
          ({ error }) => error,
        ),
    },
    {
      id: 'norm',
      title: 'Gradient before clipping',
      caption: 'The norm ‖g‖ of the two derivatives together.',
      time: 'course',
      chart: (run) => {
        const { threshold, clipping } = run.settings;
        const chart = bySteps(
          run,
          '‖g‖',
          ({ result }) => ({ x: result.frameSteps, y: result.globalNorm }),
          ({ gradientNorm }) => gradientNorm,
        );
        const references = [
          { axis: 'y' as const, at: threshold, label: `C = ${run.say.number(threshold)}` },
        ];
        return clipping === 'globalNorm' ? { ...chart, references } : chart;
      },
    },
    {
      id: 'weight',
      title: 'Weight',
      caption: 'The weight w at each step, also beyond the picture above.',
      time: 'course',
      chart: (run) => ({
        kind: 'line',
        x: figures.stepAxis(run),
        y: { label: 'Weight w', scale: 'linear' },
        series: seriesOf(run.lanes, (lane) => ({
          x: lane.result.frameSteps,
          y: path(lane).map(([w = NaN]) => w),
        })),
      }),
    },
  ],
  values: {
    finalLoss: values.finalLoss,
    initialLoss: values.initialLoss,
    firstNonFiniteStep: values.firstNonFiniteStep,
    largestGlobalNorm: largestNorm,
    largestDistance: farthest,
    finalWeight: (lane) => path(lane).at(-1)?.[0] ?? NaN,
    finalBias: (lane) => path(lane).at(-1)?.[1] ?? NaN,
    largestGlobalNorm64: (lane) =>
      Math.max(...(inDoubles(lane) ?? []).map(({ gradientNorm }) => gradientNorm)),
    finalWeight64: (lane) => inDoubles(lane)?.at(-1)?.weight ?? NaN,
    finalBias64: (lane) => inDoubles(lane)?.at(-1)?.bias ?? NaN,
    finalLoss64: (lane) => inDoubles(lane)?.at(-1)?.error ?? NaN,
  },
  contrast: contrast('problem: largestDistance', 'problem: cure.largestDistance', { smaller: 20 }),
  tell: (lane, say) => {
    const { result, label } = lane;
    const [w = NaN, b = NaN] = path(lane).at(-1) ?? [];
    const flung = farthest(lane) > FLUNG ? ', flung off' : '';
    return (
      `${label}: loss ${say.number(result.loss.at(-1) ?? NaN)} at step ` +
      `${say.count(result.steps.at(-1) ?? 0)}, at w = ${say.number(w)}, b = ${say.number(b)}${flung}. ` +
      `Its longest gradient was ${say.number(largestNorm(lane))}.`
    );
  },
  prediction: {
    ask: 'A gradient of nearly a thousand stands at the wall, and the rate is 0.1. What does the descent without clipping do there?',
    replies: {
      'It bounces off and goes on':
        'It would, were the step a small one. It is about a hundred long: look at the weight.',
      'It is flung far away, and comes back':
        'It is flung away. There the loss is flat, so there is no gradient that could bring it back.',
      'It is flung far away for good': 'Yes. Where it lands the loss is flat.',
    },
  },
  challenges: [
    {
      id: 'unharmed',
      ask: 'Let the descent without clipping arrive at a loss below 0.01, from a start below the wall.',
      hint: 'A wall that is thinner than a step is jumped across.',
      solved: ({ settings, lanes: [plain] }) =>
        settings.bias < 0.5 - 0.622459 * settings.weight && values.finalLoss(plain!) < ARRIVED,
    },
    {
      id: 'quick',
      ask: 'From w = 5.2, b = −2.3, be below 0.01 after at most 40 steps with clipping, and not without it.',
      hint: 'The way there is flat, and a step is ηC at most: let the rate help.',
      solved: ({ settings, lanes: [plain, clipped] }) =>
        settings.weight === 5.2 &&
        settings.bias === -2.3 &&
        settings.steps <= 40 &&
        values.finalLoss(clipped!) < ARRIVED &&
        values.finalLoss(plain!) >= ARRIVED,
    },
  ],
});
