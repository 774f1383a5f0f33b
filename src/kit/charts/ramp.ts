/**
 * The colours of a gradient's size, log10 from cold (vanishing) through neutral to hot (exploding).
 * A palette entry is an end's colour with an alpha that grows from the middle, laid over the page's
 * `--gl-ramp-neutral`: one picture serves the light and the dark page.
 */
import { specialOf } from './values';

/** The ends' colours, the same on a light and a dark page. */
export const rampEnds = { cold: '#3a70dc', hot: '#cf4a12' };

/** Steps of colour on each side of the middle. */
export const rampLevels = 32;

type Rgba = readonly [number, number, number, number];

const rgba = (hex: string, alpha: number): Rgba => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return [r!, g!, b!, Math.round(alpha * 255)];
};

/** Index of the middle of the ramp; 0 is an empty cell, the last entry is NaN. */
export const neutralIndex = rampLevels + 1;
export const notANumberIndex = 2 * rampLevels + 2;

/** Empty, then the ramp from cold to hot, then NaN. */
export const rampPalette: readonly Rgba[] = [
  [0, 0, 0, 0],
  ...Array.from({ length: 2 * rampLevels + 1 }, (_, index) => {
    const side = (index - rampLevels) / rampLevels;
    return rgba(side < 0 ? rampEnds.cold : rampEnds.hot, Math.abs(side));
  }),
  rgba('#63666e', 1),
];

/**
 * The palette index of a value: by log10 of its size between the cold, neutral and hot ends; exactly
 * 0 is at the cold end, an infinity at the hot end (signs drawn over them tell them apart).
 */
export function rampIndex(value: number, [cold, middle, hot]: [number, number, number]): number {
  const special = specialOf(Math.abs(value), true);
  if (special === 'notANumber') return notANumberIndex;
  if (special === 'infinity') return neutralIndex + rampLevels;
  if (special === 'zero') return neutralIndex - rampLevels;
  const level = Math.log10(Math.abs(value));
  const side =
    level < middle ? (level - middle) / (middle - cold) : (level - middle) / (hot - middle);
  return neutralIndex + Math.round(Math.max(-1, Math.min(1, side)) * rampLevels);
}
