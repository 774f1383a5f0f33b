import { COLUMNS, ROWS } from './plane';

interface Point {
  x: number;
  y: number;
}

/** A place of the plane. */
interface Place {
  weight: number;
  bias: number;
}

type Box = Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>;

/** The ends of what a picture shows, whose outermost cells reach half a cell beyond their values. */
function ends(values: readonly number[]): [number, number] {
  const half = (values[1]! - values[0]!) / 2;
  return [values[0]! - half, values.at(-1)! + half];
}

const [left, right] = ends(COLUMNS);
const [bottom, top] = ends(ROWS);

/** Where a place of the plane lies in the picture, whose box is given. */
export const pointOf = ({ weight, bias }: Place, box: Box): Point => ({
  x: box.left + ((weight - left) / (right - left)) * box.width,
  y: box.top + ((top - bias) / (top - bottom)) * box.height,
});

/** The place under a point of the picture, to two decimals and kept within limits. */
export function placeIn(
  { x, y }: Point,
  box: Box,
  limits: { weight: readonly [number, number]; bias: readonly [number, number] },
): Place {
  const within = (value: number, [low, high]: readonly [number, number]): number =>
    Number(Math.min(high, Math.max(low, value)).toFixed(2));
  return {
    weight: within(left + ((x - box.left) / box.width) * (right - left), limits.weight),
    bias: within(top - ((y - box.top) / box.height) * (top - bottom), limits.bias),
  };
}
