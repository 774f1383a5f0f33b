import { unset } from './lettering';
import type { Tick } from './scales';
import type { Reference, Role } from './spec';

/** Drawings are 400 units wide; text is 13 units, and keeps its size on screen as they widen. */
export const drawingWidth = 400;

/** About how wide a text is at its largest, a little generous: room in the layout depends on it. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of unset(text))
    width += /[ijltfrI.,:;'|()[\]! ·⁰¹²³⁴-⁹⁻]/.test(letter)
      ? 4.6
      : /[mwMW@%×√∂—]/.test(letter)
        ? 11
        : 7.2;
  return width;
}

/**
 * One decimal is a tenth of a pixel or so: enough, and half the bytes. Throws where there is no such place:
 * a path with NaN in it is drawn by no browser.
 */
export function coordinate(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`A drawing has no place at ${value}.`);
  return Math.round(value * 10) / 10;
}

/** How tall a plot is that nothing else decides, and the least that it takes to read it. */
const plotHeights = { usual: 176, least: 70 };

/** The height of a plot, from that of its drawing and what the drawing has above and below it. */
export const plotHeight = (whole: number | undefined, around: number): number =>
  whole === undefined ? plotHeights.usual : Math.max(plotHeights.least, coordinate(whole - around));

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Label {
  x: number;
  y: number;
  text: string;
  anchor: 'start' | 'middle' | 'end';
  /** y is the middle of the letters, whatever their size; else their base line. */
  centred?: boolean;
}

/** A straight line across the plot with its label. */
export interface ReferenceLine extends Box {
  kind: NonNullable<Reference['kind']>;
  label: Label;
}

/** What the reader sees of the numbers at one place of the chart. */
export interface Reading {
  /** Where the vertical hair stands. */
  x: number;
  heading: string;
  rows: { role: Role; variant: number; label: string; text: string }[];
  dots: { x: number; y: number; role: Role; variant: number }[];
}

/** What every kind of chart has: a frame with axes, and a way to read values off it. */
export interface Frame {
  height: number;
  plot: Box;
  xTicks: Tick[];
  yTicks: Tick[];
  xLabel: Label;
  yLabel: Label;
  references: ReferenceLine[];
  /** Whether y ticks have lines across the plot. */
  grid: boolean;
  /** Markup of what stands in the plot, between the grid and the axis. */
  inner: string;
  /** Places to read at: `columns` from left to right, `rows` from bottom to top. */
  columns: number;
  rows: number;
  read: (column: number, row: number) => Reading;
  /** The place nearest to a point of the drawing. */
  find: (x: number, y: number) => { column: number; row: number };
}

/** The position in an ascending list that is nearest to a value. */
export function nearest(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle;
    else high = middle;
  }
  return high > low && ascending[high]! - value < value - ascending[low]! ? high : low;
}

/** Lays out reference lines; those outside the axes' domains are left out. */
export function referenceLines(
  references: readonly Reference[],
  plot: Box,
  /** Where labels of vertical lines may begin. */
  top: number,
  place: (axis: 'x' | 'y', value: number) => number | null,
): ReferenceLine[] {
  return references.flatMap(({ axis, at, label, kind = 'level' }) => {
    const position = place(axis, at);
    if (position === null) return [];
    const right = plot.x + plot.width;
    if (axis === 'y') {
      const y = position < top + 10 ? position + 13 : position - 5;
      return {
        ...{ kind, x: plot.x, y: position, width: plot.width, height: 0 },
        label: { x: right - 2, y, text: label, anchor: 'end' as const },
      };
    }
    const toLeft = position + 5 + textWidth(label) > right && position > plot.x + plot.width / 2;
    return {
      ...{ kind, x: position, y: plot.y, width: 0, height: plot.height },
      label: {
        x: position + (toLeft ? -5 : 5),
        y: top + 11,
        text: label,
        anchor: toLeft ? ('end' as const) : ('start' as const),
      },
    };
  });
}
