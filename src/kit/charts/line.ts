import {
  type Box,
  type Frame,
  type Label,
  coordinate as c,
  drawingWidth,
  nearest,
  referenceLines,
  textWidth,
} from './geometry';
import { formatNumber } from './numbers';
import { type Scale, domainOf, holds, makeScale } from './scales';
import { shapes, signs } from './shapes';
import type { LineChartSpec, Role, Series } from './spec';
import { type Special, specialOf, valueText } from './values';
import type { ChartWords } from './words';

type Point = [x: number, y: number];

/** One series, drawn: SVG paths, empty where there is nothing of the kind. */
export interface DrawnSeries {
  role: Role;
  /** Counts the series of one role, so that a second one differs by dash and hollow point. */
  variant: number;
  band: string;
  line: string;
  points: string;
  signs: string;
}

export interface Key {
  role: Role;
  variant: number;
  /** The sample of a line, where the key stands in a legend and not at the line's end. */
  sample: string;
  point: string;
  label: Label;
}

export interface LineGeometry extends Frame {
  kind: 'line';
  series: DrawnSeries[];
  keys: Key[];
  notes: Label[];
  /** Lines across the rows that hold special values, apart from the axis. */
  gutters: number[];
}

const rowHeight = 16;
const radius = 3.4;

/** The rows outside the axis, from the top of the plot down and from its bottom up. */
const above: Special[] = ['notANumber', 'infinity'];
const below: Special[] = ['minusInfinity', 'negative', 'zero'];

/** At most four points for each unit of width: the first, lowest, highest and last. */
function thin(points: Point[]): Point[] {
  const kept: Point[] = [];
  for (let from = 0, to = 0; from < points.length; from = to) {
    const column = Math.floor(points[from]![0]);
    let low = from;
    let high = from;
    for (; to < points.length && Math.floor(points[to]![0]) === column; to++) {
      if (points[to]![1] < points[low]![1]) low = to;
      if (points[to]![1] > points[high]![1]) high = to;
    }
    const at = [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
    kept.push(...at.map((index) => points[index]!));
  }
  return kept;
}

const join = (points: Point[]): string => points.map(([x, y]) => `${c(x)},${c(y)}`).join(' ');

const linePath = (segments: Point[][]): string =>
  segments
    .map(thin)
    .map((points) => `M${join(points)}${points.length === 1 ? 'h0' : ''}`)
    .join('');

/** Splits a list where `point` gives null. */
function segments(length: number, point: (index: number) => Point | null): Point[][] {
  const all: Point[][] = [];
  let open = false;
  for (let index = 0; index < length; index++) {
    const at = point(index);
    if (at) {
      if (!open) all.push([]);
      all.at(-1)!.push(at);
    }
    open = at !== null;
  }
  return all;
}

/** Labels at their lines' ends, moved apart where they would touch, kept within the plot. */
function spread(wanted: number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = wanted.map((y) => Math.min(high, Math.max(low, y)));
  for (let k = 1; k < order.length; k++)
    placed[order[k]!] = Math.max(placed[order[k]!]!, placed[order[k - 1]!]! + gap);
  let limit = high;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, limit);
    limit = placed[index]! - gap;
  }
  return placed;
}

/** Every value on the y axis, bands and references included. */
function* yValues(spec: LineChartSpec): Generator<number> {
  for (const { y, band } of spec.series) {
    yield* y;
    if (band) {
      yield* band.low;
      yield* band.high;
    }
  }
  for (const reference of spec.references ?? []) if (reference.axis === 'y') yield reference.at;
}

/** The ends of both axes of a line chart, as drawn. */
export function lineDomains(spec: LineChartSpec): { x: [number, number]; y: [number, number] } {
  return {
    x: domainOf(
      spec.x,
      spec.series.flatMap((series) => series.x),
      false,
    ),
    y: domainOf(spec.y, yValues(spec), true),
  };
}

/** Whether the series are named at their ends; otherwise in rows above the plot. */
function labelsDirectly(series: Series[]): boolean {
  return series.length <= 6 && series.every(({ label }) => label.length <= 14);
}

function legendRows(series: Series[]): { series: Series; x: number; row: number }[] {
  let x = 0;
  let row = 0;
  return series.map((one) => {
    const width = 28 + textWidth(one.label) + 14;
    if (x > 0 && x + width - 14 > drawingWidth) {
      x = 0;
      row += 1;
    }
    const place = { series: one, x, row };
    x += width;
    return place;
  });
}

/** Computes everything that a line chart draws, from the numbers alone. */
export function lineGeometry(spec: LineChartSpec, words: ChartWords): LineGeometry {
  const { locale } = words;
  const log = spec.y.scale === 'log';
  const named = spec.series.length > 1 ? spec.series : [];
  const direct = labelsDirectly(named);
  const legend = direct ? [] : legendRows(named);
  const top = 24 + (legend.length ? (legend.at(-1)!.row + 1) * 19 : 0);
  const right =
    direct && named.length ? 20 + Math.max(...named.map((s) => textWidth(s.label))) : 14;
  const plot: Box = { x: 46, y: top, width: drawingWidth - 46 - right, height: 176 };
  const bottom = plot.y + plot.height;

  const present = new Set(spec.series.flatMap(({ y }) => y.map((value) => specialOf(value, log))));
  const rowsAbove = above.filter((kind) => present.has(kind));
  const rowsBelow = below.filter((kind) => present.has(kind));
  const rowOf: Partial<Record<Special, number>> = {};
  rowsAbove.forEach((kind, k) => (rowOf[kind] = plot.y + (k + 0.5) * rowHeight));
  rowsBelow.forEach((kind, k) => (rowOf[kind] = bottom - (k + 0.5) * rowHeight));
  const yTop = plot.y + rowsAbove.length * rowHeight;
  const yBottom = bottom - rowsBelow.length * rowHeight;

  const domains = lineDomains(spec);
  const inset = spec.series.some(({ mark = 'line' }) => mark !== 'line') ? 7 : 0;
  const xRange: [number, number] = [plot.x + inset, plot.x + plot.width - inset];
  const x = makeScale(spec.x, domains.x, xRange, plot.width / 55, locale);
  const y = makeScale(spec.y, domains.y, [yBottom, yTop], 5, locale);
  // Far outside the plot a coordinate says nothing more, and large ones break renderers.
  const yAt = (value: number) => Math.min(1000, Math.max(-1000, y.place(value)));
  const edge = (value: number): number | null => {
    if (Number.isNaN(value)) return null;
    if (holds(spec.y, value)) return yAt(value);
    return value === Infinity ? -1000 : 1000;
  };
  const ordinary = ({ x: xs, y: ys }: Series, index: number): Point | null =>
    holds(spec.x, xs[index]!) && holds(spec.y, ys[index]!)
      ? [x.place(xs[index]!), yAt(ys[index]!)]
      : null;
  const inside = ([px, py]: Point) =>
    px >= plot.x - 0.5 &&
    px <= plot.x + plot.width + 0.5 &&
    py >= yTop - 0.5 &&
    py <= yBottom + 0.5;

  const notes: Label[] = [];
  const noted = new Set<Special>();
  const note = (kind: Special, first: number, last: number, at: number) => {
    if (noted.has(kind)) return;
    noted.add(kind);
    const text = words[kind];
    const width = textWidth(text) + 8;
    const end = plot.x + plot.width;
    if (first - width > plot.x) notes.push({ x: first - 8, y: at + 4, text, anchor: 'end' });
    else if (last + width < end) notes.push({ x: last + 8, y: at + 4, text, anchor: 'start' });
    else notes.push({ x: plot.x + 4, y: at - 8, text, anchor: 'start' });
  };

  const drawSigns = (series: Series): string => {
    let path = '';
    let run: { kind: Special; first: number; sign: number; last: number } | null = null;
    const close = () => {
      if (!run) return;
      const at = rowOf[run.kind];
      if (at !== undefined) {
        if (run.last > run.first) path += `M${c(run.first)},${c(at)}H${c(run.last)}`;
        note(run.kind, run.first, run.last, at);
      }
      run = null;
    };
    series.y.forEach((value, index) => {
      const kind = holds(spec.x, series.x[index]!) ? specialOf(value, log) : null;
      if (kind !== run?.kind) close();
      if (!kind) return;
      const px = x.place(series.x[index]!);
      const py = rowOf[kind] ?? Math.min(yBottom, yAt(value));
      if (!run || px - run.sign >= 12) {
        path += signs[kind](px, py, radius);
        if (kind === 'belowFloat32') note(kind, px, px, py);
        run = { kind, first: run?.first ?? px, sign: px, last: px };
      } else run.last = px;
    });
    close();
    return path;
  };

  const counts: Partial<Record<Role, number>> = {};
  const ends: (Point | undefined)[] = [];
  const series = spec.series.map((one): DrawnSeries => {
    const variant = (counts[one.role] = (counts[one.role] ?? -1) + 1);
    const { mark = 'line', band } = one;
    const runs = segments(one.y.length, (index) => ordinary(one, index));
    const all = runs.flat();
    const end = all.at(-1);
    ends.push(end);
    const marked = mark === 'line' ? (named.length && end ? [end] : []) : all;
    const bandRuns = (values: number[]) =>
      segments(one.x.length, (index) => {
        const low = edge(band!.low[index]!);
        const high = edge(band!.high[index]!);
        return low === null || high === null || !holds(spec.x, one.x[index]!)
          ? null
          : [x.place(one.x[index]!), edge(values[index]!)!];
      }).map(thin);
    const lows = band ? bandRuns(band.low) : [];
    return {
      role: one.role,
      variant,
      band: band
        ? bandRuns(band.high)
            .map((high, k) => `M${join(high)} ${join(lows[k]!.reverse())}z`)
            .join('')
        : '',
      line: mark === 'points' ? '' : linePath(runs),
      points: marked
        .filter(inside)
        .map(([px, py]) => shapes[one.role](px, py, radius))
        .join(''),
      signs: drawSigns(one),
    };
  });

  const keyAt = (index: number, at: Point, sample: string): Key => ({
    role: series[index]!.role,
    variant: series[index]!.variant,
    sample,
    point: shapes[series[index]!.role](at[0], at[1], radius),
    label: {
      x: at[0] + (sample ? 15 : 8),
      y: at[1] + 4.5,
      text: spec.series[index]!.label,
      anchor: 'start',
    },
  });
  const endHeights = direct
    ? spread(
        named.map((_, k) => ends[k]?.[1] ?? yTop),
        16,
        plot.y + 4,
        bottom - 4,
      )
    : [];
  const keys = direct
    ? named.map((_, k) => keyAt(k, [plot.x + plot.width + 10, endHeights[k]!], ''))
    : legend.map((item, k) => {
        const at = 34 + item.row * 19;
        const sample = item.series.mark === 'points' ? '' : `M${item.x},${at}h24`;
        return keyAt(k, [item.x + 12, at], sample);
      });

  const places = [...new Set(spec.series.flatMap((one) => one.x.filter((v) => holds(spec.x, v))))];
  places.sort((a, b) => a - b);
  const rowTick = (kind: Special) => ({
    at: rowOf[kind]!,
    value: NaN,
    label: kind === 'zero' ? '0' : kind === 'negative' ? '< 0' : words[kind],
  });

  return {
    kind: 'line',
    height: bottom + 42,
    plot,
    xTicks: x.ticks,
    yTicks: [...y.ticks, ...[...rowsAbove, ...rowsBelow].map(rowTick)],
    xLabel: {
      x: (xRange[0] + xRange[1]) / 2,
      y: bottom + 36,
      text: spec.x.label,
      anchor: 'middle',
    },
    yLabel: { x: 0, y: 12, text: spec.y.label, anchor: 'start' },
    references: referenceLines(spec.references ?? [], plot, (axis, value) =>
      within(axis === 'x' ? x : y, spec[axis], value),
    ),
    series,
    keys,
    notes,
    gutters: [...(rowsAbove.length ? [yTop] : []), ...(rowsBelow.length ? [yBottom] : [])],
    columns: places.length,
    rows: 1,
    read: (column) => {
      const at = places[column]!;
      const rows = spec.series.flatMap((one, k) => {
        const index = one.x.indexOf(at);
        const { role, variant } = series[k]!;
        const label = one.label;
        if (index < 0) return [];
        const value = one.y[index]!;
        const special = specialOf(value, log);
        const height = (special && rowOf[special]) ?? yAt(value);
        return { role, variant, label, text: valueText(value, log, words), y: height };
      });
      return {
        x: x.place(at),
        heading: `${spec.x.label} ${formatNumber(at, { locale })}`,
        rows,
        dots: rows.map(({ role, y: height }) => ({ x: x.place(at), y: height, role })),
      };
    },
    find: (px) => ({ column: nearest(places, x.value(px)), row: 0 }),
  };
}

function within(scale: Scale, axis: LineChartSpec['x'], value: number): number | null {
  return holds(axis, value) && value >= scale.domain[0] && value <= scale.domain[1]
    ? scale.place(value)
    : null;
}
