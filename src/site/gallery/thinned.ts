import type { ChartSpec, Series } from '../../kit/charts/spec';

/** Points of a line that a small picture tells apart. */
const POINTS = 50;

/**
 * A chart for a small picture: of lines with many points every second one, third one and so on, the last, and
 * those that are not finite, which are marked.
 */
export function thinned(spec: ChartSpec): ChartSpec {
  return spec.kind === 'line' ? { ...spec, series: spec.series.map(thinnedSeries) } : spec;
}

function thinnedSeries(series: Series): Series {
  const last = series.x.length - 1;
  const gap = Math.ceil(last / POINTS);
  if (gap < 2 || series.mark === 'points') return series;
  const some = <T>(list: readonly T[]): T[] =>
    list.filter(
      (_, index) => index % gap === 0 || index === last || !Number.isFinite(series.y[index]),
    );
  const { band, names } = series;
  return {
    ...series,
    x: some(series.x),
    y: some(series.y),
    ...(names && { names: some(names) }),
    ...(band && { band: { ...band, low: some(band.low), high: some(band.high) } }),
  };
}
