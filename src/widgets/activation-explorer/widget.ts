import { activationDerivative, activationValue, isSaturated } from '../../engine/closedForms';
import type { ActivationName } from '../../engine/types';
import type { HistogramSpec, LineChartSpec, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, grouped, preset } from '../../kit/widget';
import { conditionNumber, explore, type Explored } from './explored';
import { labels, params, Z_RANGE, type ExplorerSettings } from './params';

/** Inputs of a unit in the networks of this chapter. */
const INPUTS = 32;
const POINTS = 241;
/** An unbounded function leaves the plot rather than press the slope to the floor. */
const TOP = 3;
const KINK_TOLERANCE = 1e-8;

export default defineWidget<typeof params, Explored>({
  id: 'activation-explorer',
  version: 1,
  kind: 'closedForm',
  title: 'An activation function and its slope',
  summary:
    'Move z along the curve. The gate multiplies the gradient that comes from above by the slope at z.',
  chapter: 'activation-functions',
  params,
  presets: {
    ...grouped('Sigmoid and tanh', {
      problem: preset('Saturated sigmoid', 'z = 4: the curve is nearly flat.'),
      best: preset('Sigmoid at its best', 'z = 0, where it is steepest.', { z: 0 }),
      tanhBest: preset('Tanh at its best', 'Four times as steep, and centred.', {
        activation: 'tanh',
        z: 0,
      }),
      tanhSaturated: preset('Saturated tanh', 'z = 4: flatter still than the sigmoid there.', {
        activation: 'tanh',
      }),
    }),
    ...grouped('ReLU and GELU', {
      cure: preset('ReLU, on', 'The same z on the straight half of a ReLU.', {
        activation: 'relu',
      }),
      off: preset('ReLU, off', 'Left of 0 the slope is exactly 0.', { activation: 'relu', z: -1 }),
      dip: preset('GELU, the dip', 'Falls before it rises: its slope is negative here.', {
        activation: 'gelu',
        z: -1.4,
      }),
    }),
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  drawing: 'The gate at z, and the derivations',
  figures: [
    {
      id: 'curve',
      title: 'The function and its slope',
      caption:
        'Shaded is the saturated part: there the slope is below 9.75% of the largest slope that the function has.',
      chart: curveChart,
    },
    {
      id: 'received',
      title: 'What the next layer receives',
      caption:
        'The activations h = φ(z) for pre-activations z drawn from a normal distribution with variance 1. Is their mean 0?',
      chart: receivedChart,
    },
    {
      id: 'condition',
      title: 'What a mean costs the layer above',
      caption:
        'The condition number of a linear unit’s least-squares problem on such inputs: 1 is a round bowl, a large number a narrow valley.',
      chart: conditionChart,
    },
  ],
  values: ({ activation }, result) => ({
    activation: result.activation,
    activationGradient: result.activationGradient,
    downstream: result.downstream,
    mean: tidy(result.mean),
    variance: result.variance,
    meanShare: tidy(result.mean) ** 2 / (result.mean ** 2 + result.variance),
    conditionNumber: conditionNumber(INPUTS, result),
    gain: result.gain,
    chi: result.chi,
    varianceSlope: result.varianceSlope,
    largestGradient: Math.max(...curve().map((z) => activationDerivative(activation, z))),
  }),
  contrast: contrast('problem: downstream', 'cure: downstream', { larger: 50 }),
  describe: ({ activation, z, upstream }, result, say) => {
    const n = (value: number) => say.number(value);
    const saturated = result.saturated ? ' The unit is saturated there.' : '';
    const kink =
      result.disagreement > KINK_TOLERANCE
        ? ' At this kink the function has no slope; the engine takes the one from the left.'
        : '';
    return (
      `${labels[activation]} at z = ${n(z)}: h = ${n(result.activation)}, slope ${n(result.activationGradient)}.` +
      `${saturated}${kink} An upstream gradient of ${n(upstream)} leaves the gate as ` +
      `${n(result.downstream)}. For z ~ N(0, 1) the activations have mean ${n(tidy(result.mean))}; ` +
      `with ${INPUTS} inputs the condition number is ${n(conditionNumber(INPUTS, result))}.`
    );
  },
  prediction: {
    ask: 'A sigmoid unit stands at z = 4, and an upstream gradient of 1 arrives. How much of it goes on?',
    replies: {
      'About 0.98, the height of the curve':
        'That is what goes forwards. Backwards the slope counts.',
      'About 0.25': 'That would be at z = 0, the steepest place.',
      'About 0.02': 'Yes: σ(4)(1 − σ(4)) is 0.98 · 0.018, or 0.0177.',
    },
  },
  challenges: [
    {
      id: 'enlarge',
      ask: 'Find a function and a z at which the gate makes the gradient larger.',
      hint: 'One function has it everywhere right of 0, two more have it farther to the right.',
      solved: (_, result) => result.activationGradient > 1 + 1e-9,
    },
    {
      id: 'sign',
      ask: 'Find a gate that turns the sign of the gradient around.',
      hint: 'The function has to fall somewhere.',
      solved: ({ upstream }, result) => upstream * result.downstream < 0,
    },
    {
      id: 'kink',
      ask: 'Find a place where the checks of the slope disagree.',
      hint: 'A difference quotient looks to both sides.',
      solved: (_, result) => result.disagreement > 0.1,
    },
  ],
});

/** Rounding noise of the quadrature is no mean. */
const tidy = (mean: number): number => (Math.abs(mean) < 1e-12 ? 0 : mean);

function curve(): number[] {
  const [from, to] = Z_RANGE;
  return Array.from({ length: POINTS }, (_, i) => from + (i * (to - from)) / (POINTS - 1));
}

function curveChart(
  { activation, z }: ExplorerSettings,
  result: Explored,
  say: Say,
): LineChartSpec {
  const x = curve();
  const heights = x.map((at) => activationValue(activation, at));
  const slopes = x.map((at) => activationDerivative(activation, at));
  const low = Math.max(-2, Math.min(...heights, ...slopes));
  const high = Math.min(TOP, Math.max(...heights, ...slopes));
  const [bottom, top] = [low - 0.1 * (high - low), high + 0.1 * (high - low)];
  const saturated = x.map((at) => isSaturated(activation, at));
  return {
    kind: 'line',
    x: { label: 'z', scale: 'linear', domain: Z_RANGE },
    y: { label: 'φ(z), φ′(z)', scale: 'linear', domain: [bottom, top] },
    series: [
      {
        id: 'phi',
        label: 'φ(z)',
        role: 'neutral',
        x,
        y: heights,
        band: {
          low: saturated.map((is) => (is ? bottom : NaN)),
          high: saturated.map((is) => (is ? top : NaN)),
          shade: true,
        },
      },
      { id: 'slope', label: 'φ′(z)', role: 'accent', x, y: slopes },
      {
        id: 'here',
        label: 'at z',
        role: 'control',
        mark: 'points',
        x: [z, z],
        y: [result.activation, result.activationGradient],
      },
    ],
    references: [{ axis: 'x', at: z, label: `z = ${say.number(z)}` }],
  };
}

const BINS = 36;
const RECEIVED: [number, number] = [-3, 3];
const binWidth = (RECEIVED[1] - RECEIVED[0]) / BINS;
const POINTS_OF_Z = 20_000;
const received = new Map<ActivationName, number[]>();

/** The share of each bin of h for z ~ N(0, 1), from the share of the z that fall into it. */
function receivedCounts(name: ActivationName): number[] {
  const known = received.get(name);
  if (known) return known;
  const counts = new Array<number>(BINS).fill(0);
  const step = 12 / POINTS_OF_Z;
  for (let i = 0; i < POINTS_OF_Z; i++) {
    const z = -6 + step * (i + 0.5);
    const bin = Math.floor((activationValue(name, z) - RECEIVED[0]) / binWidth);
    if (bin < 0 || bin >= BINS) continue;
    counts[bin] = counts[bin]! + (Math.exp((-z * z) / 2) * step) / Math.sqrt(2 * Math.PI);
  }
  received.set(name, counts);
  return counts;
}

function receivedChart(
  { activation }: ExplorerSettings,
  result: Explored,
  say: Say,
): HistogramSpec {
  const edges = Array.from({ length: BINS + 1 }, (_, i) => RECEIVED[0] + i * binWidth);
  return {
    kind: 'histogram',
    x: { label: 'Value', scale: 'linear', domain: RECEIVED },
    panels: [
      { label: 'z', role: 'neutral', edges, counts: receivedCounts('linear'), note: 'mean 0' },
      {
        label: 'h = φ(z)',
        role: 'accent',
        edges,
        counts: receivedCounts(activation),
        note: `mean ${say.number(tidy(result.mean))}`,
      },
    ],
  };
}

/** The functions that the chosen one is measured against. */
const LANDMARKS: readonly { activation: ActivationName; role: Series['role'] }[] = [
  { activation: 'sigmoid', role: 'problem' },
  { activation: 'relu', role: 'control' },
  { activation: 'tanh', role: 'cure' },
];

function conditionChart({ activation }: ExplorerSettings): LineChartSpec {
  const x = Array.from({ length: 31 }, (_, i) => 10 ** (i / 10));
  const series = LANDMARKS.some((one) => one.activation === activation)
    ? LANDMARKS
    : [{ activation, role: 'accent' as const }, ...LANDMARKS];
  return {
    kind: 'line',
    x: { label: 'Inputs of the unit', scale: 'log', domain: [1, 1000] },
    y: { label: 'Condition number', scale: 'log' },
    series: series.map(({ activation: name, role }) => {
      const explored = explore({ activation: name, z: 0, upstream: 1 });
      return {
        id: name,
        label: labels[name],
        role,
        x,
        y: x.map((inputs) => conditionNumber(inputs, explored)),
      };
    }),
  };
}
