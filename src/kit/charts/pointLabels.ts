import { type Box, type Label, textWidth } from './geometry';

/** Height of a line of text, and how far a label stands from the point it names. */
const lineHeight = 13;
const distance = 8;

interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** What a label covers. */
function covered({ x, y, text, anchor }: Label): Rectangle {
  const width = textWidth(text);
  const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
  return { left, right: left + width, top: y - lineHeight + 3, bottom: y };
}

/** Where the label of a point may stand, best first: above, below, to the right, to the left, and further off. */
function candidates({ x, y, text }: { x: number; y: number; text: string }): Label[] {
  const label = (dx: number, dy: number, anchor: Label['anchor']): Label => ({
    x: x + dx,
    y: y + dy,
    text,
    anchor,
  });
  return [
    label(0, -distance, 'middle'),
    label(0, distance + 10, 'middle'),
    label(distance, 4, 'start'),
    label(-distance, 4, 'end'),
    label(0, -distance - lineHeight, 'middle'),
    label(0, distance + 10 + lineHeight, 'middle'),
    label(0, distance + 10 + 2 * lineHeight, 'middle'),
  ];
}

/**
 * Places the labels of points inside a plot so that none covers another label or another point; where no place is
 * free a label stands where it covers fewest.
 */
export function pointLabels(
  points: readonly { x: number; y: number; text: string }[],
  radius: number,
  plot: Box,
): Label[] {
  const taken: Rectangle[] = points.map(({ x, y }) => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  }));
  return points.map((point) => {
    const faultsOf = (place: Label): number => {
      const box = covered(place);
      const inside =
        box.top >= plot.y &&
        box.bottom <= plot.y + plot.height &&
        box.left >= plot.x &&
        box.right <= plot.x + plot.width;
      return inside ? taken.filter((one) => overlap(box, one)).length : Infinity;
    };
    const label = candidates(point)
      .map((place) => ({ place, faults: faultsOf(place) }))
      .reduce((best, one) => (one.faults < best.faults ? one : best)).place;
    taken.push(covered(label));
    return label;
  });
}
