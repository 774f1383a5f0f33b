import { type Box, type Label, coordinate as c, drawingWidth, textWidth } from './geometry';
import type { Point } from './linePaths';
import { radius } from './lineRows';
import { shapes } from './shapes';
import type { Role, Series } from './spec';

/** The name of a series with what it is known by: its point, or a piece of its line. */
export interface Key {
  role: Role;
  variant: number;
  /** SVG paths, empty where there is none. */
  sample: string;
  point: string;
  label: Label;
}

type Named = Series & { variant: number };

const rowHeight = 19;

/** Whether the names fit beside the lines' ends; otherwise they stand in rows above the plot. */
const fitsBeside = (series: readonly Series[]): boolean =>
  series.length <= 6 && series.every(({ label }) => textWidth(label) <= 100);

/** Places of the legend's entries; empty where the names stand beside the lines. */
export function legendOf(series: readonly Series[]): { x: number; row: number }[] {
  if (fitsBeside(series)) return [];
  let x = 0;
  let row = 0;
  return series.map(({ label }) => {
    const width = 28 + textWidth(label);
    if (x > 0 && x + width > drawingWidth) {
      x = 0;
      row += 1;
    }
    const place = { x, row };
    x += width + 14;
    return place;
  });
}

/** Height of a legend above the plot. */
export const legendHeight = (legend: readonly { row: number }[]): number =>
  legend.length ? legend.at(-1)!.row * rowHeight + 27 : 0;

/** Width of the names beside the plot. */
export const besideWidth = (series: readonly Series[]): number =>
  22 + Math.max(...series.map(({ label }) => textWidth(label)));

/** Theory is known by its dashes, every other series by its point. */
function key(series: Named, [px, py]: Point, half: number, pointed: boolean, gap: number): Key {
  const { role, variant, label, mark = 'line' } = series;
  return {
    role,
    variant,
    sample: half && mark !== 'points' ? `M${c(px - half)},${c(py)}h${2 * half}` : '',
    point: pointed ? shapes[role](px, py, radius) : '',
    label: { x: px + gap, y: py, text: label, anchor: 'start', centred: true },
  };
}

const dashed = ({ role, mark = 'line' }: Series): boolean => role === 'theory' && mark === 'line';

/** The entries of a legend above the plot. */
export const legendKeys = (
  series: readonly Named[],
  legend: readonly { x: number; row: number }[],
): Key[] =>
  series.map((one, k) => {
    const at: Point = [legend[k]!.x + 12, 34 + legend[k]!.row * rowHeight];
    return key(one, at, 12, !dashed(one), 16);
  });

/** Heights moved apart to a gap, kept between two bounds where they fit there. */
export function spread(
  wanted: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed: number[] = [];
  let least = low;
  for (const index of order) {
    placed[index] = Math.max(wanted[index]!, least);
    least = placed[index]! + gap;
  }
  let most = high;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, most);
    most = placed[index]! - gap;
  }
  return placed;
}

/**
 * Names to the right of the plot, each at the height of its line's end: beside its last point where
 * that is near, else with a point of its own.
 */
export function keysBeside(
  series: readonly Named[],
  ends: readonly (Point | undefined)[],
  plot: Box,
): Key[] {
  const right = plot.x + plot.width;
  const wanted = series.map((_, k) => ends[k]?.[1] ?? plot.y);
  const placed = spread(wanted, 16, plot.y + 4, plot.y + plot.height - 4);
  return series.map((one, k) => {
    const end = ends[k];
    const at = placed[k]!;
    if (dashed(one)) return key(one, [right + 9, at], 7, false, 11);
    const near = end && end[0] > right - 8 && Math.abs(end[1] - at) < 3;
    return near ? key(one, [end[0], at], 0, false, 9) : key(one, [right + 8, at], 0, true, 8);
  });
}
