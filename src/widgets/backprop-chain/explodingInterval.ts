/** Where one sigmoid unit can enlarge a gradient: |w| σ′(w h + b) > 1. */

/** An open interval of inputs h. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The largest |z| with |w| σ′(z) > 1, or 0 where there is none (|w| ≤ 4, because σ′ ≤ 1/4).
 * |w| σ (1 − σ) = 1 has the root σ = (1 + √(1 − 4/|w|))/2, and z = ln(σ/(1 − σ)).
 */
export function explodingHalfWidth(w: number): number {
  const size = Math.abs(w);
  if (!(size > 4)) return 0;
  const value = (1 + Math.sqrt(1 - 4 / size)) / 2;
  return Math.log(value / (1 - value));
}

/** Length of the interval of inputs h in which |w| σ′(w h + b) > 1: 2 ln(σ/(1 − σ))/|w|; 0 for |w| ≤ 4. */
export function explodingWidth(w: number): number {
  const half = explodingHalfWidth(w);
  return half === 0 ? 0 : (2 * half) / Math.abs(w);
}

/** The interval of inputs h itself, centred at −b/w; null where the unit can enlarge nothing. */
export function explodingInterval(w: number, b: number): Interval | null {
  const half = explodingHalfWidth(w);
  if (half === 0) return null;
  const ends = [(-half - b) / w, (half - b) / w];
  return { low: Math.min(...ends), high: Math.max(...ends) };
}
