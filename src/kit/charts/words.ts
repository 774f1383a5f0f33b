import type { ChartSpec } from './spec';

/** What the charts themselves say; another language passes its own. */
export interface ChartWords {
  /** BCP 47 tag by which numbers are formatted. */
  locale: string;
  /** The values that a log axis cannot hold, in a few letters each. */
  zero: string;
  belowFloat32: string;
  negative: string;
  infinity: string;
  minusInfinity: string;
  notANumber: string;
  /** Name of the control that reads values off the chart. */
  readValues: (chart: string) => string;
  /** Which point of a series a row has, as a column of the table. */
  named: (series: string) => string;
  /** Ends of a band over seeds, as columns of the table. */
  low: (series: string) => string;
  high: (series: string) => string;
  /** The three columns of a histogram's table. */
  from: string;
  to: string;
  count: string;
  panel: string;
  /** Names the table that stands behind a chart. */
  tableSummary: string;
  tablePart: (shown: string, all: string) => string;
  tableAll: string;
  /** Stands in the place of a chart that cannot be drawn. */
  notDrawn: string;
}

export const english: ChartWords = {
  locale: 'en',
  zero: 'exactly 0',
  belowFloat32: 'below what float32 holds',
  negative: 'negative',
  infinity: 'Inf',
  minusInfinity: '−Inf',
  notANumber: 'NaN',
  readValues: (chart) => `Read values: ${chart}`,
  named: (series) => `${series}: which`,
  low: (series) => `${series}, lowest`,
  high: (series) => `${series}, highest`,
  from: 'from',
  to: 'to',
  count: 'count',
  panel: 'panel',
  tableSummary: 'The numbers as a table',
  tablePart: (shown, all) => `${shown} of ${all} rows are shown.`,
  tableAll: 'Show all rows',
  notDrawn:
    'This chart cannot be drawn from these numbers. Everything else goes on; another setting may draw it again.',
};

/** The words for the numbers of a chart: where they are counts or shares, 0 is a number like any other. */
export function wordsOf(spec: ChartSpec, words: ChartWords): ChartWords {
  const counts = spec.kind === 'heat' ? spec.counts : spec.kind === 'line' && spec.y.counts;
  return counts ? { ...words, zero: '0' } : words;
}
