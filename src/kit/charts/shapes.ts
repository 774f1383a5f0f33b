import { coordinate as c } from './geometry';
import type { Role } from './spec';
import type { Special } from './values';

const polygon = (corners: [number, number][]) => (x: number, y: number, r: number) =>
  `M${corners.map(([dx, dy]) => `${c(x + dx * r)},${c(y + dy * r)}`).join(' ')}z`;

const circle = (x: number, y: number, r: number): string =>
  `M${c(x - r)},${c(y)}a${r},${r} 0 1 1 ${2 * r},0a${r},${r} 0 1 1 ${-2 * r},0z`;

const t = 0.35;

/** Each role's point: as an SVG path around (x, y). */
export const shapes: Record<Role, (x: number, y: number, r: number) => string> = {
  problem: circle,
  control: polygon([
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ]),
  cure: polygon([
    [0, -1.35],
    [1.35, 0],
    [0, 1.35],
    [-1.35, 0],
  ]),
  neutral: polygon([
    [0, -1.2],
    [1.15, 0.9],
    [-1.15, 0.9],
  ]),
  accent: polygon([
    [0, 1.2],
    [1.15, -0.9],
    [-1.15, -0.9],
  ]),
  theory: polygon([
    ...([
      [-t, -1.2],
      [t, -1.2],
      [t, -t],
      [1.2, -t],
      [1.2, t],
      [t, t],
    ] as [number, number][]),
    ...([
      [t, 1.2],
      [-t, 1.2],
      [-t, t],
      [-1.2, t],
      [-1.2, -t],
      [-t, -t],
    ] as [number, number][]),
  ]),
};

const strokes =
  (lines: [number, number][][], closed = '') =>
  (x: number, y: number, r: number) =>
    lines
      .map(
        (line) =>
          `M${line.map(([dx, dy]) => `${c(x + dx * r)},${c(y + dy * r)}`).join(' ')}${closed}`,
      )
      .join('');

/** Each special value's sign: an SVG path to stroke, told apart by form alone. */
export const signs: Record<Special, (x: number, y: number, r: number) => string> = {
  zero: circle,
  belowFloat32: strokes(
    [
      [
        [-1, -0.8],
        [1, -0.8],
        [0, 1],
      ],
    ],
    'z',
  ),
  negative: strokes([
    [
      [-1, 0],
      [1, 0],
    ],
  ]),
  infinity: strokes([
    [
      [0, 1.1],
      [0, -1.1],
    ],
    [
      [-0.9, -0.2],
      [0, -1.1],
      [0.9, -0.2],
    ],
  ]),
  minusInfinity: strokes([
    [
      [0, -1.1],
      [0, 1.1],
    ],
    [
      [-0.9, 0.2],
      [0, 1.1],
      [0.9, 0.2],
    ],
  ]),
  notANumber: strokes([
    [
      [-0.9, -0.9],
      [0.9, 0.9],
    ],
    [
      [-0.9, 0.9],
      [0.9, -0.9],
    ],
  ]),
};
