import type { LineChartSpec, Role, Series } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, grouped, preset } from '../../kit/widget';
import { firstFailing, type Estimate } from './check';
import { isChain, linesOf } from './lines';
import { params, type VarianceSettings } from './params';
import { textOf, type Quantity } from './quantities';
import { BATCHES, type VarianceResult } from './result';

const ROLES: Role[] = ['accent', 'control', 'neutral', 'cure', 'accent'];
const VALUE_AXIS = { label: 'Its value, ± 2 standard errors', scale: 'linear' } as const;

const band = (shown: readonly Estimate[]) => ({
  low: shown.map(({ value, error }) => value - 2 * error),
  high: shown.map(({ value, error }) => value + 2 * error),
});

function sidesChart(_: VarianceSettings, { lines }: VarianceResult): LineChartSpec {
  const shown = [lines[0]!.left, ...lines.map(({ right }) => right)];
  return {
    kind: 'line',
    x: { label: 'Line (0 is the first left side)', scale: 'linear', integer: true },
    y: VALUE_AXIS,
    series: [
      {
        id: 'sides',
        label: 'value of the side',
        role: 'accent',
        mark: 'both',
        derived: 'standardErrors',
        x: shown.map((_, k) => k),
        y: shown.map(({ value }) => value),
        band: band(shown),
      },
    ],
  };
}

function pairsChart(_: VarianceSettings, { lines }: VarianceResult): LineChartSpec {
  const side = (name: 'left' | 'right', role: Role): Series => ({
    id: name,
    label: `${name} side`,
    role,
    mark: 'points',
    x: lines.map((_, k) => k + 1),
    y: lines.map((line) => line[name].value),
  });
  return {
    kind: 'line',
    x: { label: 'Line', scale: 'linear', integer: true },
    y: { label: 'Its value', scale: 'linear' },
    series: [side('left', 'control'), side('right', 'accent')],
  };
}

function historyChart(
  _: VarianceSettings,
  { lines, history }: VarianceResult,
  say: Say,
): LineChartSpec {
  const failing = firstFailing(lines);
  return {
    kind: 'line',
    x: { label: 'Draws', scale: 'linear', integer: true },
    y: { label: 'Right side − left side, as a share', scale: 'linear' },
    series: lines.map((_, k) => {
      const name = `line ${say.count(k + 1)}`;
      return {
        id: `line-${k + 1}`,
        label: k + 1 === failing ? `${name}, fails` : name,
        role: k + 1 === failing ? 'problem' : ROLES[k]!,
        x: history.draws,
        y: history.shares.map((row) => row[k]!),
      };
    }),
    references: [{ axis: 'y', at: 0, label: 'equal' }],
  };
}

/** The last sentence: what the whole layer does to a variance. */
function outcome(
  { derivation }: VarianceSettings,
  { quantities }: VarianceResult,
  say: Say,
): string {
  const value = (name: Quantity) => say.number(quantities[name]!.value);
  const withError = (name: Quantity) =>
    `${value(name)} ± ${say.number(quantities[name]!.error, 2)}`;
  switch (derivation) {
    case 'backward':
      return `Var(δₗ) is ${withError('varGradient')}, and the δ above have variance ${value('varDelta')}.`;
    case 'glorot':
    case 'convolution':
      return (
        `The variance is multiplied by ${withError('forwardFactor')} forwards ` +
        `and by ${withError('backwardFactor')} backwards.`
      );
    case 'total':
      return (
        `Of Var(y), ${value('withinUnits')} lies over the inputs and ${value('betweenUnits')} between ` +
        `the units. From unit to unit Var(y | w) has the standard deviation ${withError('unitSpread')}.`
      );
    default:
      return (
        `Var(y) is ${withError('varY')}, ` +
        `and the z that the inputs are made from have variance ${value('varZ')}.`
      );
  }
}

function describe(settings: VarianceSettings, result: VarianceResult, say: Say): string {
  const { lines, batches } = result;
  const failing = firstFailing(lines);
  const partly =
    batches < BATCHES ? ` After ${say.count(batches)} of ${say.count(BATCHES)} batches.` : '';
  const ended = `${outcome(settings, result, say)}${partly}`;
  if (failing === 0) {
    const unclear = lines.findIndex(({ verdict }) => verdict === 'unclear') + 1;
    const verdict = unclear
      ? `No line fails, but line ${say.count(unclear)} needs more draws to tell.`
      : `All ${say.count(lines.length)} lines hold within the error.`;
    return `${verdict} ${ended}`;
  }
  const { left, right, whole } = linesOf(settings)[failing - 1]!;
  const { value } = lines[failing - 1]!.share;
  const percent = say.percent(Math.abs(value));
  const direction = value < 0 ? 'smaller' : 'larger';
  const apart = whole
    ? `${direction} than ${textOf(left)} by ${percent} of ${textOf(whole)}`
    : `${percent} ${direction} than ${textOf(left)}`;
  return `Line ${say.count(failing)} is the first that fails: ${textOf(right)} is ${apart}. ${ended}`;
}

/** With these inputs every assumption holds; some presets then break one. */
const ALL_HOLD = { input: 'normal' } as const;

/** Version 1 called LeCun’s rule Xavier’s, and had a flag for units that keep their weights. */
function toVersion2({ 'keep-weights': kept, ...old }: Record<string, string>) {
  if (kept === 'true') return { ...old, derivation: 'total' };
  return old['derivation'] === 'xavier' ? { ...old, derivation: 'lecun' } : old;
}

export default defineWidget<typeof params, VarianceResult>({
  id: 'variance-lab',
  version: 2,
  migrations: { 2: toVersion2 },
  kind: 'survey',
  title: 'The derivation, checked line by line',
  summary:
    'A layer’s sums, forwards and backwards, drawn thousands of times: both sides of every line are measured, and the first line that fails is marked.',
  chapter: 'deriving-xavier-and-he',
  params,
  presets: {
    ...grouped('Do the assumptions hold?', {
      problem: preset(
        'ReLU inputs',
        'The derivation for means of zero, with inputs that are never negative.',
      ),
      cure: preset(
        'He’s derivation',
        'The same inputs; the derivation and the variance of the weights change.',
        { derivation: 'he' },
      ),
      holds: preset(
        'All assumptions hold',
        'Normal inputs with mean zero, independent of the weights and of each other.',
        ALL_HOLD,
      ),
    }),
    ...grouped('One assumption broken', {
      correlatedInputs: preset(
        'Correlated inputs',
        'Every two inputs have the correlation 0.5; the weights have mean zero.',
        { ...ALL_HOLD, correlation: 0.5 },
      ),
      weightMean: preset(
        'Weights with a mean',
        'The mean of a weight is half its standard deviation.',
        { ...ALL_HOLD, weightMean: 0.5 },
      ),
      bothBroken: preset(
        'Both at once',
        'Correlated inputs and weights with a mean: together they do far more than either alone.',
        { ...ALL_HOLD, correlation: 0.5, weightMean: 0.5 },
      ),
      dependent: preset(
        'Weights that know the inputs',
        'Each weight has the correlation 0.44 with its input.',
        { ...ALL_HOLD, dependence: 'correlated' },
      ),
      aligned: preset(
        'Aligned signs',
        'Each weight has the sign of its input, as learning would have it.',
        { ...ALL_HOLD, dependence: 'aligned' },
      ),
    }),
    ...grouped('Other rules, both passes', {
      gain: preset(
        'The gain of tanh',
        'Inputs from tanh, and the variance of the weights that its gain gives.',
        { derivation: 'gain', input: 'tanh' },
      ),
      backward: preset(
        'Backward, ReLU',
        'The signal gradient of a unit that feeds 128 others, with Var(w) = 2/n_out.',
        { derivation: 'backward' },
      ),
      glorot: preset(
        'Glorot’s compromise',
        'A layer from 256 units to 128: neither pass is kept, their average is.',
        { derivation: 'glorot' },
      ),
      lecunBothWays: preset(
        'LeCun’s rule, both ways',
        'The same layer: the forward pass is kept, and the backward pass is not.',
        { derivation: 'glorot', rule: 'lecun' },
      ),
    }),
    ...grouped('Weights that are used again', {
      convolution: preset('Convolution', 'Windows of 3 × 3 places, 16 channels in and out.', {
        derivation: 'convolution',
      }),
      keptWeights: preset(
        'Units that keep their weights',
        'ReLU inputs: how much of Var(y) a single unit sees, and how much lies between units.',
        { derivation: 'total' },
      ),
    }),
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  drawing: 'The derivation, line by line',
  progress: (_, { batches }) => ({ done: batches, total: BATCHES }),
  figures: [
    {
      id: 'sides',
      title: 'Every side of the derivation',
      caption:
        'If every line holds, all points are equally high. Where the height changes, the line between the two is false.',
      chart: sidesChart,
      shown: (settings) => isChain(linesOf(settings)),
    },
    {
      id: 'pairs',
      title: 'Both sides of every line',
      caption: 'Where the two points of a line lie apart, the line is false.',
      chart: pairsChart,
      shown: (settings) => !isChain(linesOf(settings)),
    },
    {
      id: 'history',
      title: 'How the check settles',
      caption:
        'More draws bring a line that holds to 0, and a line that fails to some other number.',
      chart: historyChart,
    },
  ],
  describe,
  values: (_, { quantities, lines }) => ({
    ...Object.fromEntries(Object.entries(quantities).map(([name, { value }]) => [name, value])),
    difference: lines.map(({ share }) => share.value),
    differenceError: lines.map(({ share }) => share.error),
    firstFailingLine: firstFailing(lines),
  }),
  contrast: contrast('problem: varianceRatio', 'cure: varianceRatio', { larger: 1.9 }),
  fewSeeds: { count: 3, because: 'each run is itself a mean over thousands of draws' },
  prediction: {
    ask: 'The inputs are correlated, every two of them by 0.5. Does Var(y) still equal n Var(w) Var(x), if the weights have mean zero?',
    replies: {
      'No, it will be far larger': 'Try the preset “Correlated inputs”, then “Both at once”.',
      Yes: 'Try the preset “Correlated inputs”, and then give the weights a mean.',
    },
  },
  challenges: [
    {
      id: 'break-first',
      ask: 'Make the line Var(y) = n Var(w x) fail.',
      hint: 'Its products must be correlated. From a setting in which all lines hold, one change is not enough.',
      solved: (settings, { lines }) =>
        linesOf(settings)[0]!.right === 'productVariance' && firstFailing(lines) === 1,
    },
    {
      id: 'widen',
      ask: 'A layer widens from 100 units to 300. Which rule keeps the backward pass? Show it failing forwards.',
      hint: 'Choose the derivation forward and backward, then the fans, then the rule.',
      solved: ({ derivation, fanIn, fanOut }, { lines }) =>
        derivation === 'glorot' &&
        fanIn === 100 &&
        fanOut === 300 &&
        lines[2]!.verdict === 'fails' &&
        lines[3]!.verdict === 'holds',
    },
    {
      id: 'he-fails',
      ask: 'Make He’s derivation fail at its line 4.',
      hint: 'Which property of the inputs does that line use?',
      solved: ({ derivation }, { lines }) => derivation === 'he' && firstFailing(lines) === 4,
    },
  ],
});
