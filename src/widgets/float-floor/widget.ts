import type { LineChartSpec, Reference, Role, Series } from '../../kit/charts/spec';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget } from '../../kit/widget';
import {
  factorPerLayer,
  firstDepthWith,
  lostDepth,
  predictedDepth,
  rootMeanSquare,
  statesOf,
  theoryFactor,
  type FloorResult,
  type GradientState,
} from './floors';
import { params, type FloorValues } from './params';
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
function floorLines({ lossScale, flush }: FloorValues): Reference[] {
  const lines = PRECISIONS.filter(({ name }) => name !== 'float64').map((precision): Reference => ({
    axis: 'y',
    at: (flush ? precision.smallestNormal : precision.smallestSubnormal) / 2 ** lossScale,
    label: `smallest ${precision.name}`,
  }));
  return lines.filter(({ at }) => at !== 2 ** -149);
}

/** What the entry of the first network would become if every layer cost the factor of theory. */
function theorySeries(values: FloorValues, result: FloorResult): Series {
  const factor = theoryFactor(values);
  const [start] = rootMeanSquare(result, 'float64');
  const first = result.depths[0]!;
  return {
    id: 'theory',
    label: `theory: √χ = ${formatNumber(factor)} a layer`,
    role: 'theory',
    x: result.depths,
    y: result.depths.map((depth) => start! * factor ** (depth - first)),
  };
}

function sizeChart(values: FloorValues, result: FloorResult): LineChartSpec {
  const size = (name: PrecisionName): Series => ({
    id: name,
    label: name,
    role: ROLES[name],
    x: result.depths,
    y: rootMeanSquare(result, name),
  });
  return {
    kind: 'line',
    x: { label: 'Hidden layers L', scale: 'linear', integer: true },
    y: { label: 'Root mean square of ∂L/∂W₁', scale: 'log' },
    series: [
      // float32 over float16, so that the row of zeros shows where it joins.
      size('float64'),
      size('float16'),
      size('float32'),
      {
        id: 'subnormal',
        label: 'some entries subnormal',
        role: 'neutral',
        mark: 'points',
        ...pointsIn(result, 'subnormal'),
      },
      {
        id: 'partlyZero',
        label: 'some entries exactly 0',
        role: 'cure',
        mark: 'points',
        ...pointsIn(result, 'partlyZero'),
      },
      theorySeries(values, result),
    ],
    references: floorLines(values),
  };
}

function shareChart(_: FloorValues, result: FloorResult): LineChartSpec {
  const share = (name: PrecisionName, what: 'subnormals' | 'zeros', role: Role): Series => ({
    id: `${name}-${what}`,
    label: `${name}, ${what === 'zeros' ? 'exactly 0' : 'subnormal'}`,
    role,
    x: result.depths,
    y: result.precisions[name][what],
  });
  return {
    kind: 'line',
    x: { label: 'Hidden layers L', scale: 'linear', integer: true },
    y: { label: 'Share of the entries of ∂L/∂W₁', scale: 'linear', domain: [0, 1] },
    series: [
      share('float16', 'subnormals', 'neutral'),
      share('float16', 'zeros', 'problem'),
      share('float32', 'subnormals', 'control'),
      share('float32', 'zeros', 'accent'),
    ],
  };
}

/** A depth for <Measured>: Infinity where it is not reached among the depths computed. */
const orNever = (depth: number | null) => depth ?? Infinity;

function fateInWords(result: FloorResult, name: PrecisionName): string {
  const lost = lostDepth(result, name);
  const deepest = result.depths.length - 1;
  const { zeros } = result.precisions[name];
  const state = statesOf(result, name);
  if (state.includes('nonFinite')) {
    return `${name}: the scaled gradient overflows from depth ${firstDepthWith(result, name, ['nonFinite'])} on.`;
  }
  if (lost === null) {
    const partly = state[deepest] === 'partlyZero' ? ` (${formatPercent(zeros[deepest]!)})` : '';
    return `${name}: at ${result.depths[deepest]} hidden layers ${WORDS[state[deepest]!]}${partly}.`;
  }
  const touched = firstDepthWith(result, name, ['subnormal', 'partlyZero', 'zero']);
  return (
    `${name}: from ${touched} hidden layers on some entries are below its normal numbers, ` +
    `and from ${lost} on every entry is exactly 0.`
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
    problem: {
      label: 'Sigmoid',
      note: 'Up to 80 hidden layers, plain loss.',
      params: {},
    },
    cure: {
      label: 'Cure: tanh',
      note: 'The activation changes; the gradient loses a power of ten or two, not fifty.',
      params: { activation: 'tanh' },
    },
    scaled: {
      label: 'Loss scaled by 2¹²',
      note: 'It moves the floor; the gradient goes on vanishing.',
      params: { lossScale: 12, maxDepth: 30 },
    },
    unscaled: {
      label: 'The first 30 layers',
      note: 'The plain loss, for comparison.',
      params: { maxDepth: 30 },
    },
    overscaled: {
      label: 'Scaled too far',
      note: '2²⁰ overflows float16, whose largest number is 65504.',
      params: { lossScale: 20, maxDepth: 30 },
    },
    deep: {
      label: 'To the end of float64',
      note: 'Up to 560 hidden layers, every sixth depth.',
      params: { maxDepth: 560 },
    },
    flushed: {
      label: 'Subnormals flushed',
      note: 'As on many graphics processors.',
      params: { flush: true },
    },
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
  values: (values, result) => {
    const lost = (name: PrecisionName) => orNever(lostDepth(result, name));
    const first = (name: PrecisionName, ...states: GradientState[]) =>
      orNever(firstDepthWith(result, name, states));
    return {
      float64LostDepth: lost('float64'),
      float32LostDepth: lost('float32'),
      float16LostDepth: lost('float16'),
      float32SubnormalDepth: first('float32', 'subnormal', 'partlyZero', 'zero'),
      float64SubnormalDepth: first('float64', 'subnormal', 'partlyZero', 'zero'),
      float16SubnormalDepth: first('float16', 'subnormal', 'partlyZero', 'zero'),
      float32PartlyZeroDepth: first('float32', 'partlyZero', 'zero'),
      float64PartlyZeroDepth: first('float64', 'partlyZero', 'zero'),
      float16PartlyZeroDepth: first('float16', 'partlyZero', 'zero'),
      float16OverflowDepth: first('float16', 'nonFinite'),
      float64PredictedDepth: predictedDepth(values, result, 'float64'),
      float32PredictedDepth: predictedDepth(values, result, 'float32'),
      float16PredictedDepth: predictedDepth(values, result, 'float16'),
      typicalFirstEntry: rootMeanSquare(result, 'float64')[0]!,
      factorPerLayer: factorPerLayer(result),
      theoryFactor: theoryFactor(values),
      float64Norm: result.precisions.float64.norm,
      float32Norm: result.precisions.float32.norm,
      float16Norm: result.precisions.float16.norm,
      deepestFloat64Norm: result.precisions.float64.norm.at(-1)!,
    };
  },
  contrast: {
    problem: { preset: 'problem', value: 'factorPerLayer' },
    cure: { preset: 'cure', value: 'factorPerLayer' },
    factor: 2,
  },
  describe: (values, result) => {
    const scale = values.lossScale > 0 ? ` with the loss multiplied by 2^${values.lossScale}` : '';
    return (
      `${values.activation === 'tanh' ? 'Tanh' : 'Sigmoid'} networks of ${result.depths[0]} to ${result.depths.at(-1)} hidden layers${scale}. Each layer ` +
      `multiplies the first layer’s gradient by ${formatNumber(factorPerLayer(result))} on average; theory says ${formatNumber(theoryFactor(values))}. ` +
      (['float16', 'float32', 'float64'] as const)
        .map((name) => fateInWords(result, name))
        .join(' ')
    );
  },
  prediction: {
    ask: 'The smallest positive float32 is about 10⁻⁴⁵, and each sigmoid layer costs a factor of about 4. How many hidden layers until the first layer’s gradient is exactly 0?',
    options: [
      {
        id: 'ten',
        label: 'About 10',
        reply: 'That is where float16 gives up. Ten layers cost six or seven powers of ten.',
      },
      {
        id: 'seventy',
        label: 'About 70',
        reply: 'Yes: some 43 powers of ten are left to lose, at 0.63 a layer.',
      },
      {
        id: 'never',
        label: 'Never; it only gets smaller',
        reply:
          'In exact arithmetic, yes. A float has a smallest number, and half of it rounds to 0.',
      },
    ],
  },
  challenges: [
    {
      id: 'sixteen',
      ask: 'Keep some of the first layer’s gradient alive in float16 at 14 sigmoid layers.',
      hint: 'Multiply the loss before the backward pass.',
      solved: (values, result) =>
        values.activation === 'sigmoid' && survives(result, 'float16', 14),
    },
    {
      id: 'earlier',
      ask: 'Make float32 lose the first layer before 65 layers.',
      hint: 'Take its smallest numbers away.',
      solved: (values, result) =>
        values.activation === 'sigmoid' && (lostDepth(result, 'float32') ?? Infinity) < 65,
    },
  ],
});
