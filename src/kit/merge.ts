import type { ChartSpec, HeatMapSpec, LineChartSpec, Series } from './charts/spec';
import { spreadOf } from './spread';

/**
 * One chart of the same figure over many seeds: each series becomes the median with a band from the
 * smallest to the largest finite value, each cell of a heat map the median. A run that ended early
 * counts as NaN, larger than every number, from there on. Histograms are those of the first seed.
 * Throws where there is no chart.
 */
export function mergeCharts(charts: readonly ChartSpec[]): ChartSpec {
  const [first] = charts;
  if (first === undefined) throw new Error('There is no chart to merge.');
  if (first.kind === 'line')
    return mergeLines(
      charts.filter((chart): chart is LineChartSpec => chart.kind === 'line'),
      first,
    );
  if (first.kind === 'heat')
    return mergeHeatMaps(
      charts.filter((chart): chart is HeatMapSpec => chart.kind === 'heat'),
      first,
    );
  return first;
}

function mergeLines(charts: readonly LineChartSpec[], first: LineChartSpec): LineChartSpec {
  return {
    ...first,
    series: first.series.map((series) =>
      mergeSeries(
        charts.flatMap((chart) => chart.series.find((one) => one.id === series.id) ?? []),
        series,
      ),
    ),
  };
}

function mergeSeries(all: readonly Series[], first: Series): Series {
  const longest = all.reduce((a, b) => (b.x.length > a.x.length ? b : a), first);
  const rows = longest.x.map((_, i) => all.map((one) => one.y[i] ?? Number.NaN));
  const merged: Series = { ...longest, y: rows.map((row) => spreadOf(row).median) };
  if (first.role === 'theory' || all.length < 2) return merged;
  const finite = rows.map((row) => spreadOf(row.filter(Number.isFinite)));
  return {
    ...merged,
    band: { low: finite.map(({ low }) => low), high: finite.map(({ high }) => high) },
  };
}

function mergeHeatMaps(charts: readonly HeatMapSpec[], first: HeatMapSpec): HeatMapSpec {
  const longest = charts.reduce((a, b) => (b.columns.length > a.columns.length ? b : a), first);
  return {
    ...longest,
    values: longest.values.map((row, r) =>
      row.map((_, c) => spreadOf(charts.map((one) => one.values[r]?.[c] ?? Number.NaN)).median),
    ),
  };
}
