import { singularValues, type Matrix, type Vector } from './powers';

/** Points of the circle that are carried along. */
const AROUND = 96;
/** Images that are drawn before the one that is brought out. */
const MOST = 12;

/** The image of the unit circle under a matrix. */
export const imageOf = ([a, b, c, d]: Matrix): Vector[] =>
  Array.from({ length: AROUND }, (_, i): Vector => {
    const angle = (2 * Math.PI * i) / AROUND;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return [a * x + b * y, c * x + d * y];
  });

/** The circle itself, the powers before the one that is brought out, the last dozen of them, and that one. */
export const shownPowers = (power: number): number[] => [
  0,
  ...Array.from({ length: Math.min(power, MOST) }, (_, i) => power - Math.min(power, MOST) + i + 1),
];

/** Units of a drawing to 1, such that each image and the circle fit into so much to both sides. */
export function reachOf(powers: readonly Matrix[], across: number, up: number): number {
  const images = powers.flatMap(imageOf);
  const most = (coordinate: 0 | 1): number =>
    Math.max(1, ...images.map((point) => Math.abs(point[coordinate])));
  const widest = Math.max(...powers.map((power) => singularValues(power)[0]));
  return widest === 0 ? up : Math.min(across / most(0), up / most(1));
}
