import { coordinate as c } from '../../kit/charts/geometry';
import { group, path, text } from '../../kit/charts/markup';
import { domainOf, holds, makeScale, ticksThatFit } from '../../kit/charts/scales';
import { shapes, signs } from '../../kit/charts/shapes';
import type { Axis, Role } from '../../kit/charts/spec';

/** Which role draws which column, in their order. */
export const COLUMN_ROLES: readonly Role[] = ['problem', 'control', 'cure', 'accent', 'neutral'];

/** One number of a row: where it stands, and the range behind it. */
export interface Dot {
  value: number;
  range: readonly [number, number] | undefined;
}

/** What is drawn of a table: a strip a row, on one axis. */
export interface Strips {
  /** Inner SVG of each row, in a view box of 0 0 480 24. */
  rows: string[];
  /** Inner SVG of the axis below them, in the same width and 34 high. */
  axis: string;
}

export const STRIP = { width: 480, height: 24, axis: 34 } as const;
const FROM = 12;
const TO = STRIP.width - 16;
const RADIUS = 4.6;

/**
 * Draws rows of numbers over one axis: a point each in the shape of its column, a line for its range, and a
 * sign at the right end where a number is not finite.
 */
export function strips(rows: readonly (readonly (Dot | undefined)[])[], axis: Axis): Strips {
  const known = rows.flat().filter((dot) => dot !== undefined);
  const ends = known.flatMap(({ value, range }) => [value, ...(range ?? [])]);
  const domain = domainOf(axis, ends, true);
  const ticks = ticksThatFit(axis, domain, TO - FROM);
  const scale = makeScale(axis, domain, [FROM, TO], ticks, 'en');
  const middle = STRIP.height / 2;
  const at = (value: number) => Math.min(TO, Math.max(FROM, scale.place(value)));

  const draw = (dot: Dot, column: number, columns: number): string => {
    const role = COLUMN_ROLES[column % COLUMN_ROLES.length]!;
    // A little apart, so that equal numbers do not cover each other.
    const y = middle + (columns > 1 ? (column / (columns - 1) - 0.5) * 5 : 0);
    if (!holds(axis, dot.value)) {
      const sign = Number.isNaN(dot.value) ? signs.notANumber : signs.infinity;
      return group(role, 0, path('signs', sign(TO + 9, y, RADIUS)));
    }
    const [low, high] = dot.range ?? [dot.value, dot.value];
    const line =
      holds(axis, low) && holds(axis, high) && low < high
        ? `M${c(at(low))},${c(y)}H${c(at(high))}`
        : '';
    return group(
      role,
      0,
      path('span', line),
      path('point', shapes[role](at(dot.value), y, RADIUS)),
    );
  };

  const grid = path('grid', scale.ticks.map(({ at: x }) => `M${c(x)},0V${STRIP.height}`).join(''));
  return {
    rows: rows.map(
      (row) => grid + row.map((dot, k) => (dot ? draw(dot, k, row.length) : '')).join(''),
    ),
    axis:
      path('axis', `M${FROM},0H${TO}`) +
      scale.ticks
        .map(({ at: x, label }) => text({ x, y: 14, text: label, anchor: 'middle' }))
        .join('') +
      text({ x: TO, y: 31, text: axis.label, anchor: 'end' }),
  };
}
