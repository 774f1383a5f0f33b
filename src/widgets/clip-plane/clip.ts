import { Rng } from '../../engine/closedForms';
import type { PlaneSettings } from './params';

/** A gradient of two tensors with two entries each. */
export type Gradient = readonly [number, number, number, number];

/** The ways to clip, in the order drawn. */
export const WAYS = ['globalNorm', 'value', 'perTensorNorm'] as const;
export type Way = (typeof WAYS)[number];

export const norm = (values: readonly number[]): number => Math.hypot(...values);

const shrink = (values: readonly number[], threshold: number): number[] => {
  const factor = Math.min(1, threshold / norm(values));
  return values.map((value) => (factor < 1 ? factor * value : value));
};

/** The gradient after clipping. A gradient of zeros stays one. */
export function clip(way: Way, gradient: Gradient, threshold: number): Gradient {
  if (norm(gradient) === 0) return gradient;
  const [a, b, c, d] = gradient;
  switch (way) {
    case 'globalNorm':
      return shrink(gradient, threshold) as unknown as Gradient;
    case 'value':
      return gradient.map((g) =>
        Math.max(-threshold, Math.min(threshold, g)),
      ) as unknown as Gradient;
    case 'perTensorNorm':
      return [...tensor([a, b], threshold), ...tensor([c, d], threshold)] as unknown as Gradient;
  }
}

const tensor = (values: readonly number[], threshold: number): number[] =>
  norm(values) === 0 ? [...values] : shrink(values, threshold);

/** The angle between two gradients in degrees, exact for parallel ones too (Kahan); 0 beside a zero. */
export function angle(a: readonly number[], b: readonly number[]): number {
  const [p, q] = [norm(a), norm(b)];
  if (p === 0 || q === 0) return 0;
  const difference = norm(a.map((x, i) => x / p - b[i]! / q));
  const sum = norm(a.map((x, i) => x / p + b[i]! / q));
  return (2 * Math.atan2(difference, sum) * 180) / Math.PI;
}

/** The drawn gradient. */
export const gradientOf = ({ first1, first2, second1, second2 }: PlaneSettings): Gradient => [
  first1,
  first2,
  second1,
  second2,
];

/** What one way makes of the gradient that is drawn, of longer and shorter ones, and of random ones. */
export interface Clipped {
  gradient: Gradient;
  norm: number;
  /** In degrees, to the gradient before. */
  angle: number;
  /** The norm after, of the gradient stretched to each norm of `Plane.norms`. */
  normAfter: number[];
  /** How many random gradients are turned by an angle in each bin of `BINS`. */
  counts: number[];
  /** The median angle over the random gradients. */
  medianAngle: number;
  /** The largest of them. */
  largestAngle: number;
}

export interface Plane {
  gradient: Gradient;
  norm: number;
  norms: number[];
  ways: Record<Way, Clipped>;
}

/** Random gradients whose angles are counted. */
export const RANDOM = 2000;
/** Ends of the bins of angles, in degrees. */
export const BINS = Array.from({ length: 21 }, (_, i) => 3 * i);

/** Clips the gradient of the settings, those along it, and random ones of its length on average. */
export function plane(settings: PlaneSettings): Plane {
  const { threshold } = settings;
  const gradient = gradientOf(settings);
  const length = norm(gradient);
  const longest = Math.max(6, 1.5 * length);
  const norms = Array.from({ length: 61 }, (_, i) => (longest * i) / 60);
  const rng = new Rng(1);
  const random = Array.from(
    { length: RANDOM },
    () => [0, 0, 0, 0].map(() => (length / 2) * rng.normal()) as unknown as Gradient,
  );
  const clipped = (way: Way): Clipped => {
    const after = clip(way, gradient, threshold);
    const angles = random
      .map((one) => angle(one, clip(way, one, threshold)))
      .toSorted((a, b) => a - b);
    return {
      gradient: after,
      norm: norm(after),
      angle: angle(gradient, after),
      normAfter: norms.map((size) =>
        length === 0
          ? 0
          : norm(
              clip(way, gradient.map((g) => (g * size) / length) as unknown as Gradient, threshold),
            ),
      ),
      counts: BINS.slice(1).map(
        (end, i) => angles.filter((one) => one >= BINS[i]! && one < end).length,
      ),
      medianAngle: angles[RANDOM / 2]!,
      largestAngle: angles.at(-1)!,
    };
  };
  return {
    gradient,
    norm: length,
    norms,
    ways: {
      globalNorm: clipped('globalNorm'),
      value: clipped('value'),
      perTensorNorm: clipped('perTensorNorm'),
    },
  };
}
