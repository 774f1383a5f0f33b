import {
  type Box,
  type Frame,
  type Label,
  coordinate as c,
  drawingWidth,
  nearest,
  plotHeight,
  referenceLines,
  textWidth,
} from './geometry';
import { formatNumber, powerOfTen } from './numbers';
import { group, path, text } from './markup';
import { pngUri } from './png';
import { placeName } from './placeName';
import { pointLabels } from './pointLabels';
import { rampIndex, rampLevels, rampPalette } from './ramp';
import { type Tick, makeScale, ticksThatFit } from './scales';
import { shapes, signs } from './shapes';
import type { Axis, HeatMapSpec, Role } from './spec';
import { type Special, specialOf, valueText } from './values';
import { type ChartWords, wordsOf } from './words';

/** A picture of palette entries, stretched over a box. */
interface Picture extends Box {
  uri: string;
}

export interface HeatGeometry extends Omit<Frame, 'inner'> {
  /** Null before the first column. */
  picture: Picture | null;
  /** One path for all signs of special values. */
  signs: string;
  /** Which signs occur, named. */
  signKeys: { path: string; label: Label }[];
  ramp: Picture & { ticks: Tick[]; label: Label };
  overlay: DrawnOverlay[];
}

/** What lies over the picture: SVG paths, empty where there is nothing of the kind, and words. */
interface DrawnOverlay {
  role: Role;
  line: string;
  points: string;
  labels: Label[];
}

/** Columns of the picture at most; more steps than that share one. */
export const mostColumns = 300;

const defaultScale: [number, number, number] = [-8, 0, 4];

/** What outweighs what when steps share a column: nothing special may vanish in an average. */
const severity: (Special | null)[] = ['notANumber', 'infinity', 'zero', 'belowFloat32'];

/** One value for several: the gravest special one, else the geometric mean of the sizes. */
export function combine(values: readonly number[]): number {
  if (values.length === 1) return values[0]!;
  for (const kind of severity) {
    const found = values.find((value) => specialOf(Math.abs(value), true) === kind);
    if (found !== undefined) return found;
  }
  const logs = values.map((value) => Math.log10(Math.abs(value)));
  return 10 ** (logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

/** The columns' domain, and how many picture columns of equal width it is cut into. */
function binning(spec: HeatMapSpec): { from: number; to: number; bins: number; width: number } {
  const [from, to] = spec.x.domain ?? [spec.columns[0] ?? 0, spec.columns.at(-1) ?? 1];
  let gap = Math.min(spec.gap ?? Infinity, to > from ? to - from : 1);
  for (let k = 1; k < spec.columns.length; k++)
    gap = Math.min(gap, Math.max(spec.columns[k]! - spec.columns[k - 1]!, 1e-12));
  // With few columns yet, none should fill the plot.
  if (spec.columns.length < 2 && spec.x.domain && to > from) gap = (to - from) / (mostColumns - 1);
  const bins = Math.min(mostColumns, Math.round((to - from) / gap) + 1);
  return { from, to, bins, width: bins > 1 ? (to - from) / (bins - 1) : gap };
}

/**
 * The values on an even grid, `grid[row][bin]`: steps that share a bin are combined, a bin without a
 * step repeats the last one before it. Its length is that of the part that has data.
 */
export function binned(spec: HeatMapSpec): number[][] {
  const { from, bins, width } = binning(spec);
  const members: number[][] = [];
  spec.columns.forEach((column, index) => {
    const bin = Math.round((column - from) / width);
    if (bin >= 0 && bin < bins) (members[bin] ??= []).push(index);
  });
  return spec.values.map((row) => {
    const line: number[] = [];
    for (let bin = 0; bin < members.length; bin++) {
      const inBin = members[bin];
      line.push(inBin ? combine(inBin.map((index) => row[index] ?? NaN)) : (line[bin - 1] ?? NaN));
    }
    return line;
  });
}

function picture(grid: number[][], scale: [number, number, number], box: Box): Picture | null {
  const width = grid[0]?.length ?? 0;
  if (width === 0) return null;
  const pixels = new Uint8Array(width * grid.length);
  grid.forEach((line, row) =>
    line.forEach((value, column) => {
      pixels[(grid.length - 1 - row) * width + column] = rampIndex(value, scale);
    }),
  );
  return { ...box, uri: pngUri(pixels, width, grid.length, rampPalette) };
}

/** The height of a value between the middles of its neighbouring rows; null outside of them. */
function placeRow(
  rows: readonly number[],
  rowAt: (row: number) => number,
  value: number,
): number | null {
  const next = rows.findIndex((row) => row >= value);
  if (next < 0) return null;
  if (rows[next] === value) return rowAt(next);
  if (next === 0) return null;
  const [low, high] = [rows[next - 1]!, rows[next]!];
  return rowAt(next - 1 + (value - low) / (high - low));
}

/** A place of an axis as the reader meets it: its name, else its number. */
const placeText = (axis: Axis, value: number, locale: string): string =>
  placeName(axis, value) ?? formatNumber(value, { locale });

/** Size of an overlay's points. */
const overlayRadius = 4;

/** Computes everything that a heat map draws, from the numbers alone. */
export function heatGeometry(spec: HeatMapSpec, said: ChartWords): HeatGeometry {
  const words = wordsOf(spec, said);
  const { locale } = words;
  const scale = spec.scale ?? defaultScale;
  const plot: Box = {
    x: 46,
    y: 24,
    width: drawingWidth - 46 - 14,
    height: plotHeight(spec.height, 24 + 88),
  };
  const bottom = plot.y + plot.height;
  const { from, to, bins, width } = binning(spec);
  const domain: [number, number] = [from - width / 2, to + width / 2];
  const x = makeScale(
    spec.x,
    domain,
    [plot.x, plot.x + plot.width],
    ticksThatFit(spec.x, [from, to], plot.width),
    locale,
  );
  const height = plot.height / Math.max(1, spec.rows.length);
  const rowAt = (row: number) => bottom - (row + 0.5) * height;

  const grid = binned(spec);
  const known = grid[0]?.length ?? 0;
  const cell = plot.width / bins;

  let marks = '';
  const found = new Set<Special>();
  const size = Math.min(3.4, Math.max(1.6, height * 0.28));
  const written = new Set(
    (spec.overlay ?? []).flatMap(({ mark, x, y }) =>
      mark === 'words'
        ? x.map((value, k) => `${spec.rows.indexOf(y[k]!)} ${Math.round((value - from) / width)}`)
        : [],
    ),
  );
  const spacing = height < 7 ? 24 : 14;
  grid.forEach((line, row) => {
    let last: Special | null = null;
    let next = 0;
    line.forEach((value, bin) => {
      const kind = written.has(`${row} ${bin}`) ? null : specialOf(Math.abs(value), true);
      const at = plot.x + (bin + 0.5) * cell;
      if (kind !== last) next = at;
      if (kind && at >= next) {
        marks += signs[kind](at, rowAt(row), size);
        next = at + spacing;
        found.add(kind);
      }
      last = kind;
    });
  });

  let keyEnd = drawingWidth - 14;
  const signKeys = [...found].map((kind) => {
    const x = keyEnd - textWidth(words[kind]);
    keyEnd = x - 24;
    const label: Label = { x, y: 12, text: words[kind], anchor: 'start' };
    return { path: signs[kind](x - 8, 8, 3.4), label };
  });

  const overlay = (spec.overlay ?? []).map((one): DrawnOverlay => {
    const known = one.x.flatMap((value, k) => {
      const at = placeRow(spec.rows, rowAt, one.y[k]!);
      const inside = at !== null && value >= domain[0] && value <= domain[1];
      return inside ? [{ x: x.place(value), y: at, text: one.text?.[k] ?? '' }] : [];
    });
    const [mark, drawnLine] = [one.mark === 'points', one.mark === 'line' && known.length > 1];
    const words = one.mark === 'words' ? known : [];
    return {
      role: one.role,
      line: drawnLine ? `M${known.map((p) => `${c(p.x)},${c(p.y)}`).join(' ')}` : '',
      points: mark ? known.map((p) => shapes[one.role](p.x, p.y, overlayRadius)).join('') : '',
      labels: mark
        ? pointLabels(known, overlayRadius, plot)
        : words.map((word) => ({ ...word, anchor: 'middle', centred: true })),
    };
  });

  const stride = Math.ceil(spec.rows.length / 9);
  const levels = Array.from({ length: 2 * rampLevels + 1 }, (_, k) => k + 1);
  const bar: Box = { x: plot.x, y: bottom + 62, width: plot.width, height: 8 };
  const rampTicks = [
    scale[0],
    (scale[0] + scale[1]) / 2,
    scale[1],
    (scale[1] + scale[2]) / 2,
    scale[2],
  ];

  return {
    grid: false,
    height: bottom + 88,
    plot,
    xTicks: (
      spec.x.names?.map(([value, label]) => ({ value, label, at: x.place(value) })) ?? x.ticks
    ).filter(({ value }) => value >= from && value <= to),
    yTicks: spec.rows.flatMap((value, row) =>
      row % stride === 0
        ? [{ value, at: rowAt(row), label: placeText(spec.y, value, locale) }]
        : [],
    ),
    xLabel: { x: plot.x + plot.width / 2, y: bottom + 36, text: spec.x.label, anchor: 'middle' },
    yLabel: { x: 0, y: 12, text: spec.y.label, anchor: 'start' },
    references: referenceLines(spec.references ?? [], plot, plot.y, (axis, at) =>
      axis === 'x' && at >= domain[0] && at <= domain[1] ? x.place(at) : null,
    ),
    picture: picture(grid, scale, { ...plot, width: c(known * cell) }),
    signs: marks,
    signKeys,
    ramp: {
      ...bar,
      uri: pngUri(Uint8Array.from(levels), levels.length, 1, rampPalette),
      ticks: rampTicks.flatMap((level, k) => {
        const end = k === 0 || k === rampTicks.length - 1;
        if (!Number.isInteger(level) && !end) return [];
        const bound = ['≤ ', '', '', '', '≥ '][k]!;
        const value = Number.isInteger(level)
          ? powerOfTen(level)
          : formatNumber(10 ** level, { locale });
        const label = `${bound}${level === 0 ? '1' : value}`;
        return [{ value: 10 ** level, at: bar.x + (k / 4) * bar.width, label }];
      }),
      label: { x: bar.x, y: bar.y - 6, text: spec.valueLabel, anchor: 'start' },
    },
    overlay,
    columns: spec.columns.length,
    rows: spec.rows.length,
    read: (column, row) => {
      const at = { x: x.place(spec.columns[column]!), y: rowAt(row) };
      const value = spec.values[row]?.[column] ?? NaN;
      const label = `${spec.y.label} ${placeText(spec.y, spec.rows[row]!, locale)}`;
      return {
        x: at.x,
        heading: `${spec.x.label} ${placeText(spec.x, spec.columns[column]!, locale)}`,
        rows: [{ role: 'neutral', variant: 0, label, text: valueText(value, true, words) }],
        dots: [{ ...at, role: 'neutral', variant: 0 }],
      };
    },
    find: (px, py) => ({
      column: nearest(spec.columns, x.value(px)),
      row: Math.min(spec.rows.length - 1, Math.max(0, Math.floor((bottom - py) / height))),
    }),
  };
}

function pictureMarkup({ x, y, width, height, uri }: Picture): string {
  const box = `x="${c(x)}" y="${c(y)}" width="${c(width)}" height="${c(height)}"`;
  return `<rect class="gl-neutral-cell" ${box}/><image ${box} href="${uri}" preserveAspectRatio="none" image-rendering="pixelated"/>`;
}

function markup({ picture: cells, signs, signKeys, ramp, overlay }: HeatGeometry): string {
  return [
    cells ? pictureMarkup(cells) : '',
    path('signs gl-on-ramp', signs),
    ...overlay.map(({ role, line, points, labels }) =>
      group(
        role,
        0,
        path('line', line),
        path('point', points),
        ...labels.map((one) => text(one, 'note')),
      ),
    ),
    ...signKeys.map((key) => path('signs', key.path) + text(key.label, 'name')),
    text(ramp.label),
    pictureMarkup(ramp),
    ...ramp.ticks.map((tick) =>
      text({ x: tick.at, y: ramp.y + 22, text: tick.label, anchor: 'middle' }),
    ),
  ].join('');
}

/** Draws a heat map. */
export function drawHeat(spec: HeatMapSpec, words: ChartWords): Frame {
  const geometry = heatGeometry(spec, words);
  return { ...geometry, inner: markup(geometry) };
}
