import type { ChartSpec, HeatMapSpec, LineChartSpec, Series } from './charts/spec';
import { spreadOf } from './spread';

/**
 * One chart of the same figure over many seeds: at each x the series become their median with a band
 * from the smallest to the largest finite value, and each column of a heat map its median. A run that
 * has ended before an x counts as NaN there, larger than every number; an x that most runs neither
 * have nor have ended before is left out. Histograms are those of the first seed. Throws where there
 * is no chart.
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
  const rows = align(all.map(({ x }) => x));
  const values = rows.map(({ indices }) => valuesAt(all, indices, ({ y }, i) => y[i]));
  const merged: Series = {
    ...first,
    x: rows.map(({ x }) => x),
    y: values.map((row) => spreadOf(row).median),
  };
  if (first.role === 'theory' || all.length < 2) return merged;
  const finite = values.map((row) => spreadOf(row.filter(Number.isFinite)));
  return {
    ...merged,
    band: { low: finite.map(({ low }) => low), high: finite.map(({ high }) => high) },
  };
}

function mergeHeatMaps(charts: readonly HeatMapSpec[], first: HeatMapSpec): HeatMapSpec {
  const columns = align(charts.map((chart) => chart.columns));
  return {
    ...first,
    columns: columns.map(({ x }) => x),
    values: first.rows.map((_, r) =>
      columns.map(
        ({ indices }) =>
          spreadOf(valuesAt(charts, indices, ({ values }, i) => values[r]?.[i])).median,
      ),
    ),
  };
}

/** A place on the common x axis. */
interface Place {
  x: number;
  /** Where each list has it; `ended` past its largest x, `missing` where it skips it. */
  indices: (number | 'ended' | 'missing')[];
}

/**
 * The places at which at least half of the lists have an x or have ended, in ascending order. Where a
 * list has an x more than once, its second is matched with the others' second.
 */
function align(lists: readonly (readonly number[])[]): Place[] {
  const places = new Map<string, { x: number; at: Map<number, number> }>();
  lists.forEach((list, which) => {
    const seen = new Map<number, number>();
    list.forEach((x, index) => {
      const nth = seen.get(x) ?? 0;
      seen.set(x, nth + 1);
      const key = `${x} ${nth}`;
      const place = places.get(key) ?? { x, at: new Map() };
      place.at.set(which, index);
      places.set(key, place);
    });
  });
  const ends = lists.map((list) => list.reduce((most, x) => Math.max(most, x), -Infinity));
  return [...places.values()]
    .map(({ x, at }) => ({
      x,
      indices: ends.map((end, which) => at.get(which) ?? (x > end ? 'ended' : 'missing')),
    }))
    .filter(({ indices }) => 2 * indices.filter((i) => i !== 'missing').length >= lists.length)
    .sort((a, b) => a.x - b.x);
}

/** Each one's value at a place, NaN where it has ended; those that skip the place are left out. */
function valuesAt<T>(
  all: readonly T[],
  indices: Place['indices'],
  value: (one: T, index: number) => number | undefined,
): number[] {
  return all.flatMap((one, which) => {
    const index = indices[which];
    if (index === 'missing' || index === undefined) return [];
    return index === 'ended' ? NaN : (value(one, index) ?? NaN);
  });
}
