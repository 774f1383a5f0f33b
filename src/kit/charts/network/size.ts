/** √(Σv²/n), without over- or underflow of the squares of numbers that float32 holds. */
export function rootMeanSquare(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** Shades of a signal's share, from cold over neutral to hot. */
export const shades = 9;

const middle = (shades - 1) / 2;

/**
 * Where a share stands on a scale of log10: −1 at the cold end and beyond, 0 where it is neutral, 1 at the hot
 * end; exactly 0 is cold, an infinity hot; null for NaN.
 */
export function levelOf(
  share: number,
  [cold, neutral, hot]: [number, number, number],
): number | null {
  if (Number.isNaN(share)) return null;
  const log = Math.log10(Math.abs(share));
  const level =
    log < neutral ? (log - neutral) / (neutral - cold) : (log - neutral) / (hot - neutral);
  return Math.max(-1, Math.min(1, level));
}

/** The shade of a level, 0 the coldest. */
export const shadeOf = (level: number): number => Math.round(middle * (1 + level));

/** How wide a strand of a level is beside a neutral one: at most 3.6 times, at least a fifth. */
export const widthOf = (level: number): number => (level > 0 ? 3.6 : 5) ** level;

/** How much of a unit is filled at an activation: all at 1 and beyond, nothing at a thousandth. */
export const fillOf = (activation: number): number =>
  activation === 0 || Number.isNaN(activation)
    ? 0
    : Math.max(0, Math.min(1, 1 + Math.log10(Math.abs(activation)) / 3));
