import { textWidth, type Box, type Label } from './geometry';
import type { Point } from './linePaths';

/** Height of a line of text above and below its foot. */
const above = 10;
const below = 3;
/** Distances of a label's foot from its line, best first: right above or below it, and further off. */
const near = [-5, 13] as const;
const far = [-16, 24, -27, 35, -38, 46, -49, 57];

/** Whether a curve passes through a label, or between two of its points over it. */
function crosses(curve: readonly Point[], { x, y, text, anchor }: Label): boolean {
  const width = textWidth(text);
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  const right = left + width;
  return curve.some(([px, py], k) => {
    const [qx, qy] = curve[k + 1] ?? [px, py];
    if (Math.max(px, qx) < left || Math.min(px, qx) > right) return false;
    // The part of the segment that lies over the label's width.
    const at = (edge: number) => (qx === px ? py : py + ((qy - py) * (edge - px)) / (qx - px));
    const [from, to] = [
      at(Math.max(left, Math.min(px, qx))),
      at(Math.min(right, Math.max(px, qx))),
    ];
    const ends = qx === px ? [py, qy] : [from, to];
    return Math.max(...ends) > y - above && Math.min(...ends) < y + below;
  });
}

/**
 * Places the label of a level, a line across the whole plot, where no curve passes through it and no name stands
 * right beside it, with which it would be read as one: at the line's end, else at its start, else over its middle,
 * else further off from the ends; where no place is free it keeps its own.
 *
 * @param level the line's height.
 * @param names the heights at which names stand beside the plot's end.
 */
export function levelLabel(
  label: Label,
  level: number,
  curves: readonly (readonly Point[])[],
  plot: Box,
  names: readonly number[],
): Label {
  const sides = [
    { x: label.x, anchor: label.anchor },
    { x: plot.x + 4, anchor: 'start' as const },
  ];
  const atEnds = (distances: readonly number[]): Label[] =>
    sides.flatMap((side) => distances.map((dy) => ({ ...label, ...side, y: level + dy })));
  const middle = { x: plot.x + plot.width / 2, anchor: 'middle' as const };
  const places = [
    label,
    ...atEnds(near),
    // Below it there, among the curves, it would be read as the name of one.
    { ...label, ...middle, y: level + near[0] },
    ...atEnds(far),
  ];
  return (
    places.find(
      (place) =>
        place.y - above >= plot.y &&
        place.y + below <= plot.y + plot.height &&
        !curves.some((curve) => crosses(curve, place)) &&
        !(
          place.anchor === 'end' && names.some((at) => at > place.y - above && at < place.y + below)
        ),
    ) ?? label
  );
}
