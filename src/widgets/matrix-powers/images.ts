import type { Matrix, Vector } from './powers';

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

/** By how much one direction may be drawn tighter than the other before it is done for clearness' sake. */
const ALIKE = 4;

/**
 * Units of a drawing to 1, across and up, such that each image fits into so much to both sides. Both are the same,
 * unless the images are needles of which nothing would be seen.
 */
export function scalesOf(powers: readonly Matrix[], across: number, up: number): Vector {
  const images = powers.flatMap(imageOf);
  const most = (coordinate: 0 | 1): number =>
    Math.max(1, ...images.map((point) => Math.abs(point[coordinate])));
  const [x, y] = [across / most(0), up / most(1)];
  const alike = Math.min(x, y);
  return Math.max(x, y) / alike > ALIKE ? [x, y] : [alike, alike];
}
