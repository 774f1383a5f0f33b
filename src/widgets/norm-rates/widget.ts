import type { HeatMapSpec, LineChartSpec } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, preset } from '../../kit/widget';
import { trainedBy } from '../../kit/trainedBy';
import { params, type RatesSettings } from './params';
import { NORMS, RATES } from './plan';
import { CHANCE, finished, workingRates, WORKS, type RatesResult } from './result';

const total = ({ repeats }: RatesSettings): number => NORMS.length * RATES.length * repeats;

function mapChart(_: RatesSettings, { powers, rates, median }: RatesResult, say: Say): HeatMapSpec {
  // Column by column: a cell that is still to come would look like one that has diverged.
  const whole = powers.findIndex((_, column) => median.some((row) => Number.isNaN(row[column]!)));
  const known = powers.slice(0, whole === -1 ? powers.length : whole);
  return {
    kind: 'heat',
    x: {
      label: 'Learning rate',
      scale: 'linear',
      domain: [powers[0]!, powers.at(-1)!],
      names: powers.map((power, k) => [power, say.number(rates[k]!)]),
    },
    y: {
      label: 'Norm',
      scale: 'linear',
      names: NORMS.map(({ short }, row) => [row + 1, short]),
    },
    rows: NORMS.map((_, row) => row + 1),
    columns: known,
    gap: 0.5,
    values: median.map((row) => row.slice(0, known.length)),
    // From chance to all, so that what works is at the hot end.
    scale: [Math.log10(CHANCE), Math.log10(0.5), 0],
    counts: true,
    valueLabel: 'Training accuracy',
  };
}

function ratesChart(_: RatesSettings, { rates, median }: RatesResult): LineChartSpec {
  return {
    kind: 'line',
    x: { label: 'Learning rate', scale: 'log', domain: [rates[0]!, rates.at(-1)!] },
    y: { label: 'Training accuracy', scale: 'linear', domain: [0, 1] },
    series: NORMS.map(({ name, label, role }, row) => {
      const known = rates.flatMap((rate, column) => {
        const accuracy = median[row]![column]!;
        return Number.isNaN(accuracy) ? [] : [{ rate, accuracy }];
      });
      return {
        ...{ id: name, label, role, mark: 'both' },
        x: known.map(({ rate }) => rate),
        y: known.map(({ accuracy }) => accuracy),
      };
    }),
    references: [
      { axis: 'y', at: WORKS, label: 'works' },
      { axis: 'y', at: CHANCE, label: 'chance' },
    ],
  };
}

function describe(settings: RatesSettings, result: RatesResult, say: Say): string {
  const done = finished(result);
  if (done === 0) return 'No network has been trained yet.';
  const partly =
    done < total(settings)
      ? `So far ${say.count(done)} of ${say.count(total(settings))} networks. `
      : '';
  const told = NORMS.map(({ label }, row) => {
    const rates = workingRates(result, row);
    const window =
      rates.length === 0
        ? 'none'
        : `${say.count(rates.length)}, from ${say.number(rates[0]!)} to ${say.number(rates.at(-1)!)}`;
    return `${label}: ${window}`;
  });
  return (
    `${partly}Of ${say.count(RATES.length)} learning rates these lead to a training accuracy of at least ` +
    `${say.percent(WORKS)} after ${say.count(settings.steps)} steps. ${told.join('; ')}.${trainedBy(result.backend, say)}`
  );
}

export default defineWidget<typeof params, RatesResult>({
  id: 'norm-rates',
  version: 1,
  kind: 'survey',
  title: 'Which learning rates work, with and without norms',
  summary:
    'One network for every norm and learning rate: which of them have learned the digits after 200 steps?',
  chapter: 'normalization',
  params,
  presets: {
    problem: preset('ReLU', 'Ten layers, He’s weights.'),
    tanh: preset('Tanh', 'Ten layers, LeCun’s weights.', { activation: 'tanh' }),
    cure: preset('Sigmoid', 'Ten layers, LeCun’s weights.', { activation: 'sigmoid' }),
    deep: preset('ReLU, 20 layers', 'He’s weights.', { depth: 20 }),
  },
  experiment: () => import('./experiment'),
  progress: (settings, result) => ({ done: finished(result), total: total(settings) }),
  figures: [
    {
      id: 'map',
      title: 'Training accuracy by norm and learning rate',
      caption:
        'A cell is a network of its own. Orange: it reads the digits. Blue: it guesses, or has diverged.',
      chart: mapChart,
    },
    {
      id: 'accuracy',
      title: 'The same as curves',
      caption: 'How wide is each of them above the upper line?',
      chart: ratesChart,
    },
  ],
  describe,
  values: (_, result) =>
    Object.fromEntries(
      NORMS.flatMap(({ name }, row) => {
        const rates = workingRates(result, row);
        return [
          [`${name}.accuracy`, result.median[row]!],
          [`${name}.workingRates`, rates.length],
          [`${name}.largestWorkingRate`, rates.at(-1) ?? 0],
          // How many times the smallest rate that works the largest one is; 0 where none works.
          [`${name}.window`, rates.length === 0 ? 0 : rates.at(-1)! / rates[0]!],
        ];
      }),
    ),
  contrast: contrast('problem: none.largestWorkingRate', 'problem: batch.largestWorkingRate', {
    larger: 3,
  }),
  seedsARun: ({ repeats }) => repeats,
  prediction: {
    ask: 'Ten plain sigmoid layers stay at chance whatever the learning rate. Which norm lets them learn?',
    replies: {
      'Each of the three': 'Choose the preset “Sigmoid” and look at the rows.',
      'Batch norm alone':
        'Yes. It takes away what all images have in common; the others cannot see it.',
      'None of them': 'Choose the preset “Sigmoid” and look at the row of batch norm.',
    },
  },
  challenges: [
    {
      id: 'deep',
      ask: 'Find a depth at which ReLU works at no more rates with batch norm than without any norm.',
      hint: 'In a deep plain network the gradient explodes through batch norm; in a shallow one there is little to mend.',
      solved: (settings, result) =>
        settings.activation === 'relu' &&
        finished(result) === total(settings) &&
        workingRates(result, 1).length <= workingRates(result, 0).length,
    },
  ],
});
