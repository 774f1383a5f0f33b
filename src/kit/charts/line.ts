import {
  coordinate as c,
  type Box,
  type Frame,
  type Label,
  drawingWidth,
  nearest,
  plotHeight,
  referenceLines,
} from './geometry';
import { levelLabel } from './levelLabels';
import { type Key, besideWidth, keysBeside, legendHeight, legendKeys, legendOf } from './lineKeys';
import { type Point, bandPath, linePath, runsOf } from './linePaths';
import { radius, rowsOf, signDrawer } from './lineRows';
import { formatNumber } from './numbers';
import { domainOf, holds, makeScale, ticksThatFit } from './scales';
import { shapes } from './shapes';
import { group, path, text } from './markup';
import { pointLabels } from './pointLabels';
import type { LineChartSpec, Role, Series } from './spec';
import { smallestFloat32, specialOf, valueText } from './values';
import { type ChartWords, wordsOf } from './words';

/** One series, drawn: SVG paths, empty where there is nothing of the kind. */
export interface DrawnSeries {
  role: Role;
  /** Counts the series of one role, so that a second one differs by shade, dash and point. */
  variant: number;
  /** Whether another series is brought out. */
  back: boolean;
  band: string;
  line: string;
  points: string;
  signs: string;
}

export interface LineGeometry extends Omit<Frame, 'inner'> {
  series: DrawnSeries[];
  keys: (Key & { back: boolean })[];
  /** Names of special values, beside the first sign of each kind, and of points. */
  notes: Label[];
  /** What was shown before, as lines alone. */
  ghost: Pick<DrawnSeries, 'role' | 'variant' | 'line'>[];
  /** Lines between the axis and the rows of special values. */
  gutters: number[];
}

/** Every value on the y axis, bands, references and what was shown before included. */
function* yValues(spec: LineChartSpec): Generator<number> {
  for (const { y, band } of [...spec.series, ...(spec.ghost ?? [])]) {
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
  const xs = spec.series.flatMap((series) => series.x);
  return { x: domainOf(spec.x, xs, false), y: domainOf(spec.y, yValues(spec), true) };
}

/** Counts the series of each role. */
function withVariants(series: readonly Series[]): (Series & { variant: number })[] {
  const counts: Partial<Record<Role, number>> = {};
  return series.map((one) => {
    const variant = counts[one.role] ?? 0;
    counts[one.role] = variant + 1;
    return { ...one, variant };
  });
}

/** Computes everything that a line chart draws, from the numbers alone. */
export function lineGeometry(spec: LineChartSpec, said: ChartWords): LineGeometry {
  const words = wordsOf(spec, said);
  const { locale } = words;
  const log = spec.y.scale === 'log';
  const all = withVariants(spec.series);
  const emphasised = all.some(({ id }) => id === spec.emphasis);
  const stoodBack = all.map(({ id }) => emphasised && id !== spec.emphasis);
  const named = all.length > 1 ? all : [];
  const legend = legendOf(named);
  const right = named.length && !legend.length ? besideWidth(named) : 14;
  const plot: Box = {
    x: 46,
    y: 24 + legendHeight(legend),
    width: drawingWidth - 46 - right,
    height: plotHeight(spec.height, 24 + legendHeight(legend) + 42),
  };
  const bottom = plot.y + plot.height;
  const rows = rowsOf(spec, plot, words);

  const domains = lineDomains(spec);
  const inset = all.some(({ mark = 'line' }) => mark !== 'line') ? 7 : 0;
  const xRange: [number, number] = [plot.x + inset, plot.x + plot.width - inset];
  const x = makeScale(
    spec.x,
    domains.x,
    xRange,
    ticksThatFit(spec.x, domains.x, plot.width),
    locale,
  );
  const y = makeScale(spec.y, domains.y, [rows.bottom, rows.top], 5, locale);
  // Far outside the plot a coordinate says nothing more, and huge ones break renderers.
  const yAt = (value: number) => Math.min(1000, Math.max(-1000, y.place(value)));
  /** An end of a band may lie beyond the axis: it then reaches the plot's edge. */
  const edge = (value: number): number => {
    if (holds(spec.y, value)) return yAt(value);
    return value === Infinity ? -1000 : 1000;
  };
  const signs = signDrawer(spec, plot, rows, x, yAt, words);
  const ends: (Point | undefined)[] = [];
  const curves: Point[][] = [];
  /** The plot without the rows of what is not finite. */
  const field: Box = { ...plot, y: rows.top, height: rows.bottom - rows.top };

  const drawn = all.map((one, index): DrawnSeries => {
    const { role, variant, mark = 'line', band } = one;
    const along = (valid: typeof holds) =>
      runsOf(one.x.length, (k) =>
        holds(spec.x, one.x[k]!) && valid(spec.y, one.y[k]!)
          ? [x.place(one.x[k]!), yAt(one.y[k]!)]
          : null,
      );
    const runs = along(holds);
    const known = runs.flat();
    curves.push(...runs);
    const end = known.at(-1);
    ends.push(end);
    const marked =
      mark !== 'line'
        ? // A number below float32 has its own sign.
          along((axis, v) => holds(axis, v) && !(log && v < smallestFloat32)).flat()
        : named.length && end && role !== 'theory'
          ? [end]
          : [];
    curves.push(
      ...marked.map(([px, py]): Point[] => [
        [px, py - radius],
        [px, py + radius],
      ]),
    );
    const inside = ([px, py]: Point) =>
      px > plot.x - 1 && px < plot.x + plot.width + 1 && py > rows.top - 1 && py < rows.bottom + 1;
    const bandRuns = (values: number[]) =>
      runsOf(one.x.length, (k) =>
        // False for NaN and for what is missing, on either side.
        holds(spec.x, one.x[k]!) && band!.low[k]! <= band!.high[k]!
          ? [x.place(one.x[k]!), edge(values[k]!)]
          : null,
      );
    return {
      role,
      variant,
      back: stoodBack[index]!,
      band: band ? bandPath(bandRuns(band.low), bandRuns(band.high)) : '',
      line: mark === 'points' ? '' : linePath(runs),
      points: marked
        .filter(inside)
        .map(([px, py]) => shapes[role](px, py, radius))
        .join(''),
      signs: signs.draw(one),
    };
  });

  const ghost = withVariants(spec.ghost ?? []).map(({ role, variant, x: xs, y: ys }) => {
    const runs = runsOf(xs.length, (k) =>
      holds(spec.x, xs[k]!) && holds(spec.y, ys[k]!) ? [x.place(xs[k]!), yAt(ys[k]!)] : null,
    );
    return { role, variant, line: linePath(runs) };
  });

  const points = all.flatMap(({ x: xs, y: ys, names }) =>
    (names ?? []).flatMap((name, k) =>
      holds(spec.x, xs[k]!) && holds(spec.y, ys[k]!)
        ? [{ x: x.place(xs[k]!), y: yAt(ys[k]!), text: name }]
        : [],
    ),
  );

  const places = [...new Set(all.flatMap((one) => one.x.filter((v) => holds(spec.x, v))))];
  places.sort((a, b) => a - b);
  const axes = { x, y };
  const keys = legend.length ? legendKeys(named, legend) : keysBeside(named, ends, plot);
  const besideEnd = legend.length ? [] : keys.map(({ label }) => label.y);
  const hasValues = spec.y.domain || all.some((one) => one.y.length > 0);

  return {
    height: bottom + 42,
    plot,
    xTicks: x.ticks,
    yTicks: [...(hasValues ? y.ticks : []), ...rows.ticks],
    xLabel: { x: plot.x + plot.width / 2, y: bottom + 36, text: spec.x.label, anchor: 'middle' },
    yLabel: { x: 0, y: 12, text: spec.y.label, anchor: 'start' },
    references: referenceLines(spec.references ?? [], plot, rows.top, (axis, value) => {
      const { domain, place } = axes[axis];
      return value >= domain[0] && value <= domain[1] ? place(value) : null;
    }).map((one) =>
      one.height === 0
        ? { ...one, label: levelLabel(one.label, one.y, curves, field, besideEnd) }
        : one,
    ),
    grid: true,
    series: drawn,
    keys: keys.map((key, k) => ({ ...key, back: stoodBack[k]! })),
    notes: [...signs.notes, ...pointLabels(points, radius, plot)],
    ghost,
    gutters: rows.gutters,
    columns: places.length,
    rows: 1,
    read: (column) => {
      const at = places[column]!;
      const read = all.flatMap(({ role, variant, label, names, x: xs, y: ys }) => {
        const index = xs.indexOf(at);
        if (index < 0) return [];
        const value = ys[index]!;
        const special = specialOf(value, log);
        const height = (special && rows.heights[special]) ?? yAt(value);
        const name = names?.[index] ?? label;
        return [{ role, variant, label: name, text: valueText(value, log, words), height }];
      });
      return {
        x: x.place(at),
        heading: `${spec.x.label} ${formatNumber(at, { locale })}`,
        rows: read,
        dots: read.map(({ role, variant, height: y }) => ({ x: x.place(at), y, role, variant })),
      };
    },
    find: (px) => ({ column: nearest(places, x.value(px)), row: 0 }),
  };
}

/** Parts in the style of a series, drawn faintly where it stands back. */
function placed(
  { role, variant, back }: { role: Role; variant: number; back: boolean },
  ...parts: string[]
): string {
  const styled = group(role, variant, ...parts);
  return back ? `<g class="gl-back">${styled}</g>` : styled;
}

function markup({ plot, gutters, series, ghost, keys, notes }: LineGeometry): string {
  // The series that is brought out lies over the others.
  const ordered = [...series].sort((a, b) => Number(b.back) - Number(a.back));
  // An inner svg element clips to the plot without an id; lines on its edge keep their width. It says
  // so itself, for readers of saved files that have no style sheet of their own.
  const clip = [plot.x - 2, plot.y - 2, c(plot.width + 4), plot.height + 4];
  return [
    path('axis', gutters.map((y) => `M${plot.x},${c(y)}h${c(plot.width)}`).join('')),
    `<svg x="${clip[0]}" y="${clip[1]}" width="${clip[2]}" height="${clip[3]}" viewBox="${clip.join(' ')}" overflow="hidden">`,
    ...ghost.map(
      ({ role, variant, line }) =>
        `<g class="gl-ghost">${group(role, variant, path('line', line))}</g>`,
    ),
    ...ordered.map((s) => placed(s, path('band', s.band), path('line', s.line))),
    '</svg>',
    ...ordered.map((s) => placed(s, path('point', s.points), path('signs', s.signs))),
    ...notes.map((note) => text(note, 'note')),
    ...keys.map((key) =>
      placed(key, path('line', key.sample), path('point', key.point), text(key.label, 'name')),
    ),
  ].join('');
}

/** Draws a line chart. */
export function drawLine(spec: LineChartSpec, words: ChartWords): Frame {
  const geometry = lineGeometry(spec, words);
  return { ...geometry, inner: markup(geometry) };
}
