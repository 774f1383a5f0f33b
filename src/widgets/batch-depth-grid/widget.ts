import type { HeatMapSpec, LineChartSpec } from '../../kit/charts/spec';
import type { Say } from '../../kit/say';
import { contrast, defineWidget, grouped, preset } from '../../kit/widget';
import { trainedBy } from '../../kit/trainedBy';
import { params, type GridSettings } from './params';
import { columnsOf, DEPTHS } from './plan';
import { allShare, columnShare, finished, rowShare, type GridResult } from './result';
import { initialError } from './theory';

const total = (settings: GridSettings): number =>
  DEPTHS.length * columnsOf(settings).length * settings.repeats;

/** Columns of which every cell has as many networks as it is to have. */
const whole = ({ repeats }: GridSettings, { outcomes, columns }: GridResult): number => {
  const open = columns.findIndex((_, k) => outcomes.some((row) => row[k]!.length < repeats));
  return open === -1 ? columns.length : open;
};

function mapChart(settings: GridSettings, result: GridResult, say: Say): HeatMapSpec {
  const { powers, share, outcomes } = result;
  // Column by column: a cell that is still to come would look like one in which nothing diverges.
  const columns = powers.slice(0, whole(settings, result));
  const cells = columns.flatMap((x, column) =>
    DEPTHS.map((depth, row) => {
      const diverged = outcomes[row]![column]!.filter(({ divergedAt }) => divergedAt !== null);
      return { x, y: depth, text: say.count(diverged.length) };
    }),
  );
  return {
    kind: 'heat',
    x: {
      label: settings.columns === 'batch' ? 'Batch size' : 'Learning rate',
      scale: 'linear',
      names: powers.map((power, k) => [power, say.number(result.columns[k]!)]),
      domain: [powers[0]!, powers.at(-1)!],
    },
    y: { label: 'Hidden layers', scale: 'linear', integer: true },
    rows: DEPTHS,
    columns,
    gap: powers[1]! - powers[0]!,
    values: share.map((row) => row.slice(0, columns.length)),
    scale: [-1, Math.log10(0.4), 0],
    counts: true,
    valueLabel: 'Share that diverged',
    overlay: [
      {
        ...{ id: 'counts', label: `diverged, of ${say.count(settings.repeats)}`, role: 'neutral' },
        mark: 'words',
        x: cells.map(({ x }) => x),
        y: cells.map(({ y }) => y),
        text: cells.map(({ text }) => text),
      },
    ],
  };
}

function lossChart(settings: GridSettings, { depths, initialLoss }: GridResult): LineChartSpec {
  const known = depths.flatMap((depth, row) =>
    Number.isNaN(initialLoss[row]!) ? [] : [{ depth, loss: initialLoss[row]! }],
  );
  const squared = settings.loss === 'meanSquaredError';
  return {
    kind: 'line',
    x: { label: 'Hidden layers', scale: 'linear', integer: true, domain: [0, DEPTHS.at(-1)!] },
    y: { label: 'Loss before the first step', scale: 'log' },
    series: [
      {
        ...{ id: 'loss', label: 'median', role: 'accent', mark: 'both' },
        x: known.map(({ depth }) => depth),
        y: known.map(({ loss }) => loss),
      },
      ...(squared
        ? [
            {
              ...{ id: 'theory', label: 'theory, of the mean', role: 'theory' as const, x: depths },
              y: depths.map((depth) => initialError(settings.weightScale, depth)),
            },
          ]
        : []),
    ],
  };
}

function describe(settings: GridSettings, result: GridResult, say: Say): string {
  const done = finished(result);
  if (done === 0) return 'No network has been trained yet.';
  const all = total(settings);
  const partly = done < all ? `So far ${say.count(done)} of ${say.count(all)} networks. ` : '';
  const byColumn = result.columns.slice(0, whole(settings, result)).map((column, k) => {
    const name =
      settings.columns === 'batch'
        ? `batches of ${say.count(column)}`
        : `rate ${say.number(column)}`;
    return `${name}: ${say.percent(columnShare(result, k))}`;
  });
  const byDepth = DEPTHS.flatMap((depth, row) => {
    const share = rowShare(result, row);
    return Number.isNaN(share)
      ? []
      : [`${say.count(depth)} layer${depth === 1 ? '' : 's'}: ${say.percent(share)}`];
  });
  const columns =
    byColumn.length > 0
      ? `Diverged within ${say.count(settings.steps)} steps, over all depths: ${byColumn.join('; ')}. `
      : '';
  return `${partly}${columns}By depth: ${byDepth.join('; ')}.${trainedBy(result.backend, say)}`;
}

export default defineWidget<typeof params, GridResult>({
  id: 'batch-depth-grid',
  version: 1,
  kind: 'survey',
  title: 'Which networks diverge, by depth and batch size',
  summary:
    'Some networks for every depth and every batch size, or learning rate: how many of them leave the finite numbers?',
  chapter: 'smaller-shallower',
  params,
  presets: {
    ...grouped('Batch size and depth', {
      problem: preset('One learning rate', 'Squared error, He’s weights, rate 0.1.'),
      linear: preset('Rate in proportion', 'The rate grows with the batch.', { scaling: 'linear' }),
      root: preset('Rate with the root', 'It grows with the root of the batch.', {
        scaling: 'root',
      }),
      entropy: preset('Cross-entropy', 'The other loss, at a rate five times as high.', {
        ...{ loss: 'softmaxCrossEntropy', learningRate: 0.5 },
      }),
    }),
    ...grouped('Learning rate and depth', {
      rates: preset('Rates, squared error', 'Weights 1.5 times as large as He’s.', {
        ...{ columns: 'rate', weightScale: 1.5 },
      }),
      ratesEntropy: preset('Rates, cross-entropy', 'The same with the other loss.', {
        ...{ columns: 'rate', weightScale: 1.5, loss: 'softmaxCrossEntropy' },
      }),
      ratesHe: preset('Rates, He’s weights', 'The loss does not grow with depth.', {
        columns: 'rate',
      }),
    }),
  },
  experiment: () => import('./experiment'),
  progress: (settings, result) => ({ done: finished(result), total: total(settings) }),
  figures: [
    {
      id: 'map',
      title: 'How many diverged',
      caption:
        'Each cell stands for some networks, and its number says how many of them left the finite numbers.',
      chart: mapChart,
    },
    {
      id: 'loss',
      title: 'Loss before the first step, by depth',
      caption:
        'The median over all networks of a depth. Of the squared error theory knows the mean.',
      chart: lossChart,
    },
  ],
  describe,
  values: (_, result) => ({
    divergedByColumn: result.columns.map((_, k) => columnShare(result, k)),
    divergedByDepth: result.depths.map((_, row) => rowShare(result, row)),
    initialLossByDepth: result.initialLoss,
    divergedShare: allShare(result),
    divergedSmallestBatch: columnShare(result, 0),
    divergedLargestBatch: columnShare(result, result.columns.length - 1),
    divergedShallowest: rowShare(result, 0),
    divergedDeepest: rowShare(result, result.depths.length - 1),
  }),
  contrast: contrast('problem: divergedSmallestBatch', 'problem: divergedLargestBatch', {
    smaller: 1.5,
  }),
  seedsARun: ({ repeats }) => repeats,
  prediction: {
    ask: 'Deep networks are trained at one learning rate, in batches of 1 to 243 images. Which batches are the safest from overflow?',
    replies: {
      'Small ones: each does little harm':
        'That is the advice one often reads. Compare the columns from left to right.',
      'Large ones: their gradients are shorter, and more alike':
        'Yes, at one and the same learning rate. A rate that is lowered with the batch is another matter.',
      'It does not matter': 'Compare the columns from left to right.',
    },
  },
});
