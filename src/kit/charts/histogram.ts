import {
  type Box,
  type Frame,
  type Label,
  coordinate as c,
  drawingWidth,
  nearest,
  textWidth,
} from './geometry';
import { formatNumber } from './numbers';
import { type Scale, domainOf, holds, makeScale, ticksThatFit } from './scales';
import { group, path, text } from './markup';
import type { HistogramSpec, Role } from './spec';
import type { ChartWords } from './words';

export interface HistogramGeometry extends Omit<Frame, 'inner'> {
  panels: { role: Role; bars: string; base: number; label: Label; note: Label | null }[];
}

const panelHeight = 40;
const barHeight = 30;

type Panel = HistogramSpec['panels'][number];

/** Counts by width on the axis, so that a wide bin does not look fuller than it is. */
function bars({ edges, counts }: Panel, x: Scale, held: (value: number) => boolean, base: number) {
  const columns = counts.flatMap((count, k) => {
    const [low, high] = [edges[k]!, edges[k + 1]!];
    if (!(count > 0) || !held(low) || !held(high) || high <= low) return [];
    const [from, to] = [x.place(low), x.place(high)];
    return [{ from, to, density: count / (to - from) }];
  });
  const tallest = Math.max(...columns.map(({ density }) => density));
  return columns
    .map(({ from, to, density }) => {
      // A count of one stays visible beside a count of thousands.
      const top = Math.max(0.8, (density / tallest) * barHeight);
      return `M${c(from)},${c(base)}V${c(base - top)}H${c(to)}V${c(base)}z`;
    })
    .join('');
}

/** Computes everything that the panels draw, from the numbers alone. */
export function histogramGeometry(spec: HistogramSpec, words: ChartWords): HistogramGeometry {
  const { locale } = words;
  const widest = Math.max(0, ...spec.panels.map(({ label }) => textWidth(label)));
  const left = Math.min(130, widest + 12);
  const plot: Box = {
    ...{ x: left, y: 8, width: drawingWidth - left - 14 },
    height: Math.max(1, spec.panels.length) * panelHeight,
  };
  const bottom = plot.y + plot.height;
  const edges = spec.panels.flatMap((panel) => panel.edges);
  const domain = domainOf(spec.x, edges, false);
  const x = makeScale(
    spec.x,
    domain,
    [plot.x, plot.x + plot.width],
    ticksThatFit(spec.x, domain, plot.width),
    locale,
  );
  const finest = spec.panels.reduce<number[]>(
    (best, { edges }) => (edges.length > best.length ? edges : best),
    [],
  );
  const centres = finest
    .slice(1)
    .map((high, k) => x.value((x.place(finest[k]!) + x.place(high)) / 2));

  return {
    grid: false,
    height: bottom + 42,
    plot,
    xTicks: x.ticks,
    yTicks: [],
    xLabel: { x: plot.x + plot.width / 2, y: bottom + 36, text: spec.x.label, anchor: 'middle' },
    yLabel: { x: 0, y: 0, text: '', anchor: 'start' },
    references: [],
    panels: spec.panels.map((panel, k) => {
      const base = plot.y + (k + 1) * panelHeight - 2;
      const end = plot.x + plot.width;
      return {
        role: panel.role,
        bars: bars(panel, x, (value) => holds(spec.x, value), base),
        base,
        label: { x: left - 10, y: base - 8, text: panel.label, anchor: 'end' },
        note: panel.note ? { x: end, y: base - 18, text: panel.note, anchor: 'end' } : null,
      };
    }),
    columns: centres.length,
    rows: 1,
    read: (column) => {
      const at = centres[column]!;
      const binOf = ({ edges }: Panel) => edges.findIndex((high, k) => k > 0 && at < high) - 1;
      const edges = [finest[column]!, finest[column + 1]!];
      return {
        x: x.place(at),
        heading: `${spec.x.label} ${edges.map((edge) => formatNumber(edge, { locale })).join(' … ')}`,
        rows: spec.panels.map((panel) => ({
          ...{ role: panel.role, variant: 0, label: panel.label },
          text: formatNumber(at < panel.edges[0]! ? 0 : (panel.counts[binOf(panel)] ?? 0), {
            locale,
          }),
        })),
        dots: [],
      };
    },
    find: (px) => ({ column: nearest(centres, x.value(px)), row: 0 }),
  };
}

const markup = ({ plot, panels }: HistogramGeometry): string =>
  panels
    .map(({ role, bars, base, label, note }) =>
      [
        path('grid', `M${c(plot.x)},${base}h${c(plot.width)}`),
        group(role, 0, path('bars', bars)),
        text(label, 'name'),
        note ? text(note, 'note') : '',
      ].join(''),
    )
    .join('');

/** Draws panels of histograms. */
export function drawHistogram(spec: HistogramSpec, words: ChartWords): Frame {
  const geometry = histogramGeometry(spec, words);
  return { ...geometry, inner: markup(geometry) };
}
