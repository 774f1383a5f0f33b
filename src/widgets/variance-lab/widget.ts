import type { LineChartSpec, Role } from '../../kit/charts/spec';
import { formatNumber, formatPercent } from '../../kit/format';
import { defineWidget } from '../../kit/widget';
import { firstFailing, linesOf, sidesOf, type Side } from './lines';
import { params, type VarianceValues } from './params';
import { BATCHES, type VarianceResult } from './result';

/** A side in plain text, for charts and sentences. */
export const SIDE_TEXT: Record<Side, string> = {
  varY: 'Var(y)',
  productVariance: 'n Var(wx)',
  momentForm: 'n (E[w²] E[x²] − E[w]² E[x]²)',
  varianceForm: 'n Var(w) Var(x)',
  secondMomentForm: 'n Var(w) E[x²]',
  halfForm: 'n Var(w) · ½ Var(z)',
  varX: 'Var(x)',
  varZ: 'Var(z)',
};

const ROLES: Role[] = ['accent', 'control', 'neutral', 'cure', 'accent'];

function sidesChart(values: VarianceValues, { sides }: VarianceResult): LineChartSpec {
  const shown = sidesOf(values).map((side) => sides[side]);
  return {
    kind: 'line',
    x: { label: 'Line (0 is Var(y) itself)', scale: 'linear', integer: true },
    y: { label: 'Its value, ± 2 standard errors', scale: 'linear' },
    series: [
      {
        id: 'sides',
        label: 'value of the side',
        role: 'accent',
        mark: 'both',
        x: shown.map((_, k) => k),
        y: shown.map(({ value }) => value),
        band: {
          low: shown.map(({ value, error }) => value - 2 * error),
          high: shown.map(({ value, error }) => value + 2 * error),
        },
      },
    ],
  };
}

function historyChart(_: VarianceValues, { lines, history }: VarianceResult): LineChartSpec {
  const failing = firstFailing(lines);
  return {
    kind: 'line',
    x: { label: 'Draws of the unit', scale: 'linear', integer: true },
    y: { label: 'Right side ÷ left side', scale: 'linear' },
    series: lines.map((_, k) => ({
      id: `line-${k + 1}`,
      label: k + 1 === failing ? `line ${k + 1}, fails` : `line ${k + 1}`,
      role: k + 1 === failing ? 'problem' : ROLES[k]!,
      x: history.draws,
      y: history.ratios.map((row) => row[k]!),
    })),
    references: [{ axis: 'y', at: 1, label: 'equal' }],
  };
}

function describe(values: VarianceValues, { lines, sides, batches }: VarianceResult): string {
  const failing = firstFailing(lines);
  const { varY, varZ } = sides;
  const ended =
    `Var(y) is ${formatNumber(varY.value)} ± ${formatNumber(varY.error, { digits: 2 })}, ` +
    `and the z that the inputs are made from have variance ${formatNumber(varZ.value)}.`;
  const partly = batches < BATCHES ? ` After ${batches} of ${BATCHES} batches.` : '';
  if (failing === 0) {
    const unclear = lines.findIndex(({ verdict }) => verdict === 'unclear') + 1;
    const verdict = unclear
      ? `No line fails, but line ${unclear} needs more draws to tell.`
      : `All ${lines.length} lines hold within the error.`;
    return `${verdict} ${ended}${partly}`;
  }
  const { left, right } = linesOf(values)[failing - 1]!;
  const { difference } = lines[failing - 1]!;
  const share = Math.abs(difference.value / sides[left].value);
  return (
    `Line ${failing} is the first that fails: ${SIDE_TEXT[right]} is ${formatPercent(share)} ` +
    `${difference.value < 0 ? 'smaller' : 'larger'} than ${SIDE_TEXT[left]}. ${ended}${partly}`
  );
}

export default defineWidget<typeof params, VarianceResult>({
  id: 'variance-lab',
  version: 1,
  kind: 'survey',
  title: 'The derivation, checked line by line',
  summary:
    'One unit y = w₁x₁ + … + wₙxₙ, drawn thousands of times: both sides of every line are measured, and the first line that fails is marked.',
  chapter: 'deriving-xavier-and-he',
  params,
  presets: {
    problem: {
      label: 'ReLU inputs',
      note: 'Xavier’s derivation, with inputs that are never negative.',
      params: {},
    },
    cure: {
      label: 'He’s derivation',
      note: 'The same inputs; the derivation and the variance of the weights change.',
      params: { derivation: 'he' },
    },
    holds: {
      label: 'All assumptions hold',
      note: 'Normal inputs with mean zero, independent of the weights and of each other.',
      params: { input: 'normal' },
    },
    correlatedInputs: {
      label: 'Correlated inputs',
      note: 'Every two inputs have the correlation 0.5; the weights have mean zero.',
      params: { input: 'normal', correlation: 0.5 },
    },
    weightMean: {
      label: 'Weights with a mean',
      note: 'The mean of a weight is half its standard deviation.',
      params: { input: 'normal', weightMean: 0.5 },
    },
    bothBroken: {
      label: 'Both at once',
      note: 'Correlated inputs and weights with a mean: each alone does little.',
      params: { input: 'normal', correlation: 0.5, weightMean: 0.5 },
    },
    dependent: {
      label: 'Weights that know the inputs',
      note: 'Each weight has the correlation 0.44 with its input.',
      params: { input: 'normal', dependence: 'correlated' },
    },
    aligned: {
      label: 'Aligned signs',
      note: 'Each weight has the sign of its input, as learning would have it.',
      params: { input: 'normal', dependence: 'aligned' },
    },
  },
  contrast: {
    problem: { preset: 'problem', value: 'varianceRatio' },
    cure: { preset: 'cure', value: 'varianceRatio' },
    factor: 1.9,
  },
  experiment: () => import('./experiment'),
  view: () => import('./View.svelte'),
  progress: (_, { batches }) => ({ done: batches, total: BATCHES }),
  figures: [
    {
      id: 'sides',
      title: 'Every side of the derivation',
      caption:
        'If every line holds, all points are equally high. Where the height changes, the line between the two is false.',
      chart: sidesChart,
    },
    {
      id: 'history',
      title: 'How the check settles',
      caption:
        'More draws bring a line that holds to 1, and a line that fails to some other number.',
      chart: historyChart,
    },
  ],
  values: (values, { sides, meanY, lines }) => ({
    ...Object.fromEntries(Object.entries(sides).map(([side, { value }]) => [side, value])),
    varYError: sides.varY.error,
    meanY: meanY.value,
    difference: linesOf(values).map(
      ({ left }, k) => lines[k]!.difference.value / sides[left].value,
    ),
    differenceError: linesOf(values).map(
      ({ left }, k) => lines[k]!.difference.error / sides[left].value,
    ),
    varianceFormError: sides.varianceForm.value / sides.varY.value - 1,
    varianceRatio: sides.varY.value / sides.varZ.value,
    firstFailingLine: firstFailing(lines),
  }),
  describe,
  prediction: {
    ask: 'The inputs are correlated, every two of them by 0.5. Does Var(y) still equal n Var(w) Var(x), if the weights have mean zero?',
    options: [
      {
        id: 'no',
        label: 'No, it will be far larger',
        reply: 'Try the preset “Correlated inputs”, then “Both at once”.',
      },
      {
        id: 'yes',
        label: 'Yes',
        reply: 'Try the preset “Correlated inputs”, and then give the weights a mean.',
      },
    ],
  },
  challenges: [
    {
      id: 'break-first',
      ask: 'Make the first line fail.',
      hint: 'Its products must be correlated. One change is not enough.',
      solved: (_, { lines }) => firstFailing(lines) === 1,
    },
    {
      id: 'he-fails',
      ask: 'Make He’s derivation fail at its line 4.',
      hint: 'Which property of the inputs does that line use?',
      solved: ({ derivation }, { lines }) => derivation === 'he' && firstFailing(lines) === 4,
    },
  ],
});
