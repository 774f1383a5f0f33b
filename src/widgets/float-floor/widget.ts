import type { LineChartSpec, Reference, Role, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, grouped, preset } from '../../kit/widget';
import {
  firstDepthWith,
  lostDepth,
  predictedDepth,
  rootMeanSquare,
  statesOf,
  theoryFactorPerLayer,
  weightFactorPerLayer,
  type FloorResult,
  type GradientState,
} from './floors';
import { params, type FloorSettings } from './params';
import { PRECISIONS, type PrecisionName } from './precision';

const ROLES: Record<PrecisionName, Role> = {
  float64: 'control',
  float32: 'accent',
  float16: 'problem',
};

/** What a reader may meet at a given depth, best first. */
const WORDS: Record<GradientState, string> = {
  normal: 'every entry is a normal number',
  subnormal: 'some entries are subnormal, none is 0',
  partlyZero: 'some entries are exactly 0',
  zero: 'every entry is exactly 0',
  nonFinite: 'it is not finite: the scaled gradient overflowed',
};

/** The points of every precision whose first-layer gradient is in one state. */
function pointsIn(result: FloorResult, state: GradientState): Pick<Series, 'x' | 'y'> {
  const x: number[] = [];
  const y: number[] = [];
  for (const { name } of PRECISIONS) {
    const sizes = rootMeanSquare(result, name);
    statesOf(result, name).forEach((at, i) => {
      if (at !== state) return;
      x.push(result.depths[i]!);
      y.push(sizes[i]!);
    });
  }
  return { x, y };
}

/**
 * The smallest number that a format stores, seen from the unscaled gradient. What is below float32's
 * own smallest number the chart marks by itself.
 */
function floorLines({ lossScale, flush }: FloorSettings): Reference[] {
  const lines = PRECISIONS.filter(({ name }) => name !== 'float64').map((precision): Reference => ({
    axis: 'y',
    at: (flush ? precision.smallestNormal : precision.smallestSubnormal) / 2 ** lossScale,
    label: `smallest ${precision.name}`,
  }));
  return lines.filter(({ at }) => at !== 2 ** -149);
}

/** What the entry of the first network would become if every layer cost the factor of theory. */
function theorySeries(settings: FloorSettings, result: FloorResult, say: Say): Series {
  const factor = theoryFactorPerLayer(settings);
  const [start] = rootMeanSquare(result, 'float64');
  const first = result.depths[0]!;
  return {
    id: 'theory',
    label: `theory: √χ = ${say.number(factor)} per layer`,
    role: 'theory',
    x: result.depths,
    y: result.depths.map((depth) => start! * factor ** (depth - first)),
  };
}

/** Something of each depth's network. */
const overDepths = (series: Series[], y: LineChartSpec['y']): LineChartSpec => ({
  kind: 'line',
  x: { label: 'Hidden layers L', scale: 'linear', integer: true },
  y,
  series,
});

function sizeChart(settings: FloorSettings, result: FloorResult, say: Say): LineChartSpec {
  const size = (name: PrecisionName): Series => ({
    id: name,
    label: name,
    role: ROLES[name],
    x: result.depths,
    y: rootMeanSquare(result, name),
  });
  const points = (state: GradientState, label: string, role: Role): Series => ({
    ...{ id: state, label, role, mark: 'points' },
    ...pointsIn(result, state),
  });
  const series = [
    // float32 over float16, so that the row of zeros shows where it joins.
    size('float64'),
    size('float16'),
    size('float32'),
    points('subnormal', 'some entries subnormal', 'neutral'),
    points('partlyZero', 'some entries exactly 0', 'cure'),
    theorySeries(settings, result, say),
  ];
  return {
    ...overDepths(series, { label: 'Root mean square of ∂L/∂W₁', scale: 'log' }),
    references: floorLines(settings),
  };
}

function shareChart(_: FloorSettings, result: FloorResult): LineChartSpec {
  const share = (name: PrecisionName, what: 'subnormals' | 'zeros', role: Role): Series => ({
    id: `${name}-${what}`,
    label: `${what === 'zeros' ? 'exactly 0' : 'subnormal'} in ${name}`,
    role,
    x: result.depths,
    y: result.precisions[name][what],
  });
  const series = [
    share('float16', 'subnormals', 'neutral'),
    share('float16', 'zeros', 'problem'),
    share('float32', 'subnormals', 'control'),
    share('float32', 'zeros', 'accent'),
  ];
  return overDepths(series, {
    label: 'Share of the entries of ∂L/∂W₁',
    scale: 'linear',
    domain: [0, 1],
  });
}

/** The states in which some entries are below the normal numbers of their format. */
const BELOW_NORMAL: readonly GradientState[] = ['subnormal', 'partlyZero', 'zero'];

/** A depth for <Measured>: Infinity where it is not reached among the depths computed. */
const orNever = (depth: number | null) => depth ?? Infinity;

function fateInWords(result: FloorResult, name: PrecisionName, say: Say): string {
  const lost = lostDepth(result, name);
  const deepest = result.depths.length - 1;
  const { zeros } = result.precisions[name];
  const state = statesOf(result, name);
  if (state.includes('nonFinite')) {
    const from = firstDepthWith(result, name, ['nonFinite'])!;
    return `${name}: the scaled gradient overflows from depth ${say.count(from)} on.`;
  }
  if (lost === null) {
    const partly = state[deepest] === 'partlyZero' ? ` (${say.percent(zeros[deepest]!)})` : '';
    return `${name}: at ${say.count(result.depths[deepest]!)} hidden layers ${WORDS[state[deepest]!]}${partly}.`;
  }
  const touched = firstDepthWith(result, name, BELOW_NORMAL)!;
  return (
    `${name}: from ${say.count(touched)} hidden layers on some entries are below its normal numbers, ` +
    `and from ${say.count(lost)} on every entry is exactly 0.`
  );
}

/** Whether the first layer's gradient of a network of so many layers or more is finite and not 0. */
function survives(result: FloorResult, name: PrecisionName, depth: number): boolean {
  const at = result.depths.findIndex((each) => each >= depth);
  const norm = result.precisions[name].norm[at] ?? 0;
  return norm > 0 && Number.isFinite(norm);
}

export default defineWidget<typeof params, FloorResult>({
  id: 'float-floor',
  version: 1,
  kind: 'closedForm',
  title: 'Where a float loses the first layer',
  summary:
    'The first layer’s gradient of networks of growing depth, computed in float64, float32 and float16.',
  chapter: 'floating-point',
  params,
  presets: {
    ...grouped('How deep the gradient is seen', {
      problem: preset('Sigmoid', 'Up to 80 hidden layers, plain loss.'),
      cure: preset(
        'Cure: tanh',
        'The activation changes; the gradient loses a power of ten or two, not fifty.',
        { activation: 'tanh' },
      ),
      deep: preset('To the end of float64', 'Up to 560 hidden layers, every sixth depth.', {
        maxDepth: 560,
      }),
      flushed: preset('Subnormals flushed', 'As on many graphics processors.', { flush: true }),
    }),
    ...grouped('Scaling the loss', {
      unscaled: preset('The first 30 layers', 'The plain loss, for comparison.', { maxDepth: 30 }),
      scaled: preset('Loss scaled by 2¹²', 'It moves the floor; the gradient goes on vanishing.', {
        lossScale: 12,
        maxDepth: 30,
      }),
      overscaled: preset(
        'Scaled too far',
        '2²⁰ overflows float16, whose largest number is 65504.',
        { lossScale: 20, maxDepth: 30 },
      ),
    }),
  },
  experiment: () => import('./experiment'),
  figures: [
    {
      id: 'size',
      title: 'Typical entry of the first layer’s gradient',
      caption:
        'The three lines lie on each other, and near the straight line of theory, until a format runs out of small numbers; the row at the bottom holds what is exactly 0.',
      chart: sizeChart,
    },
    {
      id: 'shares',
      title: 'What becomes of the entries',
      caption:
        'First entries become subnormal and lose digits, then one after the other becomes exactly 0.',
      chart: shareChart,
    },
  ],
  values: (settings, result) => {
    /** One value of each precision: float64LostDepth and so on. */
    const each = (what: string, of: (name: PrecisionName) => number | number[]) =>
      Object.fromEntries(PRECISIONS.map(({ name }) => [`${name}${what}`, of(name)]));
    const first = (name: PrecisionName, states: readonly GradientState[]) =>
      orNever(firstDepthWith(result, name, states));
    return {
      ...each('LostDepth', (name) => orNever(lostDepth(result, name))),
      ...each('SubnormalDepth', (name) => first(name, BELOW_NORMAL)),
      ...each('PartlyZeroDepth', (name) => first(name, ['partlyZero', 'zero'])),
      ...each('PredictedDepth', (name) => predictedDepth(settings, result, name)),
      ...each('Norm', (name) => result.precisions[name].norm),
      float16OverflowDepth: first('float16', ['nonFinite']),
      typicalFirstEntry: rootMeanSquare(result, 'float64')[0]!,
      weightFactorPerLayer: weightFactorPerLayer(result),
      theoryFactorPerLayer: theoryFactorPerLayer(settings),
      deepestFloat64Norm: result.precisions.float64.norm.at(-1)!,
    };
  },
  contrast: contrast('problem: weightFactorPerLayer', 'cure: weightFactorPerLayer', { larger: 2 }),
  describe: ({ activation, lossScale }, result, say) => {
    const [shallowest, deepest] = [result.depths[0]!, result.depths.at(-1)!];
    const scale = lossScale > 0 ? ` with the loss multiplied by 2^${say.count(lossScale)}` : '';
    const fates = (['float16', 'float32', 'float64'] as const).map((name) =>
      fateInWords(result, name, say),
    );
    return (
      `${activation === 'tanh' ? 'Tanh' : 'Sigmoid'} networks of ${say.count(shallowest)} to ` +
      `${say.count(deepest)} hidden layers${scale}. Each layer multiplies the first layer’s gradient by ` +
      `${say.number(weightFactorPerLayer(result))} on average; theory says ` +
      `${say.number(theoryFactorPerLayer({ activation }))}. ${fates.join(' ')}`
    );
  },
  prediction: {
    ask: 'The smallest positive float32 is about 10⁻⁴⁵, and each sigmoid layer costs a factor of about 4. How many hidden layers until the first layer’s gradient is exactly 0?',
    replies: {
      'About 10': 'That is where float16 gives up. Ten layers cost six or seven powers of ten.',
      'About 70': 'Yes: some 43 powers of ten are left to lose, at 0.63 per layer.',
      'Never; it only gets smaller':
        'In exact arithmetic, yes. A float has a smallest number, and half of it rounds to 0.',
    },
  },
  challenges: [
    {
      id: 'sixteen',
      ask: 'Keep some of the first layer’s gradient alive in float16 at 14 sigmoid layers.',
      hint: 'Multiply the loss before the backward pass.',
      solved: ({ activation }, result) =>
        activation === 'sigmoid' && survives(result, 'float16', 14),
    },
    {
      id: 'earlier',
      ask: 'Make float32 lose the first layer before 65 layers.',
      hint: 'Take its smallest numbers away.',
      solved: ({ activation }, result) =>
        activation === 'sigmoid' && (lostDepth(result, 'float32') ?? Infinity) < 65,
    },
  ],
});
