import { type Box, type Label, coordinate as c, textWidth } from './geometry';
import { type Scale, type Tick, holds } from './scales';
import { signs } from './shapes';
import type { LineChartSpec, Series } from './spec';
import { type Special, specialOf } from './values';
import type { ChartWords } from './words';

/** Size of points and signs. */
export const radius = 3.4;

const rowHeight = 16;

/** Rows outside the axis, from the top of the plot down and from its bottom up. */
const above: Special[] = ['notANumber', 'infinity'];
const below: Special[] = ['minusInfinity', 'negative', 'zero'];

/** Where the values stand that the y axis has no place for. */
export interface Rows {
  heights: Partial<Record<Special, number>>;
  /** What is left to the axis. */
  top: number;
  bottom: number;
  ticks: Tick[];
  /** Lines between these rows and the axis. */
  gutters: number[];
}

const rowLabel = (kind: Special, words: ChartWords): string =>
  kind === 'zero' ? '0' : kind === 'negative' ? '< 0' : words[kind];

/** Sets rows aside for those special values that occur. */
export function rowsOf(spec: LineChartSpec, plot: Box, words: ChartWords): Rows {
  const log = spec.y.scale === 'log';
  const present = new Set(spec.series.flatMap(({ y }) => y.map((value) => specialOf(value, log))));
  const [up, down] = [above, below].map((kinds) => kinds.filter((kind) => present.has(kind)));
  const end = plot.y + plot.height;
  const heights: Rows['heights'] = {};
  up!.forEach((kind, k) => (heights[kind] = plot.y + (k + 0.5) * rowHeight));
  down!.forEach((kind, k) => (heights[kind] = end - (k + 0.5) * rowHeight));
  const room = (kinds: Special[]) => (kinds.length ? kinds.length * rowHeight + 10 : 0);
  const [top, bottom] = [plot.y + room(up!), end - room(down!)];
  return {
    heights,
    top,
    bottom,
    ticks: [...up!, ...down!].map((kind) => ({
      at: heights[kind]!,
      value: NaN,
      label: rowLabel(kind, words),
    })),
    gutters: [...(up!.length ? [top - 9] : []), ...(down!.length ? [bottom + 9] : [])],
  };
}

/**
 * Draws the signs of special values: in their rows a sign at the start of each stretch, repeated
 * along it, with a line through; numbers below float32 at their own place. Each kind is named once.
 */
export function signDrawer(
  spec: LineChartSpec,
  plot: Box,
  rows: Rows,
  x: Scale,
  yAt: (value: number) => number,
  words: ChartWords,
): { draw: (series: Series) => string; notes: Label[] } {
  const log = spec.y.scale === 'log';
  const notes: Label[] = [];
  const noted = new Set<Special>();

  const note = (kind: Special, first: number, last: number, at: number) => {
    const text = words[kind];
    if (noted.has(kind) || rows.ticks.some(({ label }) => label === text)) return;
    noted.add(kind);
    const width = textWidth(text) + 8;
    if (last + width < plot.x + plot.width)
      notes.push({ x: last + 8, y: at, text, anchor: 'start', centred: true });
    else if (first - width > plot.x)
      notes.push({ x: first - 8, y: at, text, anchor: 'end', centred: true });
    else notes.push({ x: plot.x + 4, y: at - 8, text, anchor: 'start' });
  };

  const draw = ({ x: xs, y: ys, mark = 'line' }: Series): string => {
    let path = '';
    let stretch: { kind: Special; first: number; sign: number; last: number } | null = null;
    const close = () => {
      const at = stretch && rows.heights[stretch.kind];
      if (stretch && at !== undefined && at !== null) {
        if (stretch.last > stretch.first)
          path += `M${c(stretch.first)},${c(at)}H${c(stretch.last)}`;
        note(stretch.kind, stretch.first, stretch.last, at);
      }
      stretch = null;
    };
    ys.forEach((value, index) => {
      const kind = holds(spec.x, xs[index]!) ? specialOf(value, log) : null;
      if (kind !== stretch?.kind) close();
      if (!kind) return;
      const px = x.place(xs[index]!);
      const row = rows.heights[kind];
      const apart = row === undefined && mark !== 'line' ? 0 : 12;
      stretch ??= { kind, first: px, sign: -Infinity, last: px };
      stretch.last = px;
      if (px - stretch.sign < apart) return;
      stretch.sign = px;
      const py = row ?? Math.min(rows.bottom, yAt(value));
      path += signs[kind](px, py, radius);
      if (row === undefined) note(kind, px, px, py);
    });
    close();
    return path;
  };
  return { draw, notes };
}
