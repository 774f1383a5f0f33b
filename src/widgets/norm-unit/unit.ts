import { Rng } from '../../engine/closedForms';
import { MOVES, RANGE, type UnitSettings } from './params';

/** What is added to the variance, as PyTorch has it. */
const EPSILON = 1e-5;
/** Where the numbers that the reader does not move are drawn: their mean and standard deviation. */
const OTHERS = { mean: 1, std: 1.2 };
/** Batches that the running statistics are followed through. */
export const BATCHES = 60;

/** Some numbers, what a norm makes of them, and of the gradient that comes back. */
export interface Unit {
  numbers: number[];
  /** What is taken off each number; 0 under RMS norm. */
  mean: number;
  /** Biased: the mean of the squared distances from the mean. Of RMS norm the mean square. */
  variance: number;
  normalized: number[];
  /** γẑ + β. */
  output: number[];
  /** ∂L/∂output. */
  arriving: number[];
  /** What is taken away of each entry of the gradient: the mean, and what is in proportion to ẑ. */
  meanPart: number;
  slopePart: number[];
  /** ∂L/∂z times √(variance + ε)/γ: what is left before the rescaling. */
  left: number[];
  /** ∂L/∂z. */
  leaving: number[];
  /** Of the squared length of the gradient, what is left before the rescaling. */
  passedShare: number;
  /** From 0 and 1 on, batch by batch, if every batch is this one; of batch norm alone. */
  runningMean: number[];
  runningVariance: number[];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * ẑ = (z − mean)/√(variance + ε) and its derivative ∂L/∂z = γ/√(variance + ε)·(u − mean(u) − ẑ·mean(uẑ)) for the gradient u
 * that arrives (Ioffe & Szegedy 2015, section 3); RMS norm without what has to do with the mean (Zhang &
 * Sennrich 2019). Exact with ε.
 */
export function normalize(
  numbers: readonly number[],
  arriving: readonly number[],
  centers: boolean,
  gamma: number,
) {
  const center = centers ? mean(numbers) : 0;
  const variance = mean(numbers.map((z) => (z - center) ** 2));
  const root = Math.sqrt(variance + EPSILON);
  const normalized = numbers.map((z) => (z - center) / root);
  const meanPart = centers ? mean(arriving) : 0;
  const slope = mean(arriving.map((u, i) => u * normalized[i]!));
  const slopePart = normalized.map((z) => z * slope);
  const left = arriving.map((u, i) => u - meanPart - slopePart[i]!);
  const leaving = left.map((part) => (gamma * part) / root);
  return { mean: center, variance, normalized, meanPart, slopePart, left, leaving };
}

const squared = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value * value, 0);

/** All that the widget shows. */
export function unit(settings: UnitSettings): Unit {
  const { norm, count, first, gamma, beta, newest } = settings;
  const drawn = new Rng(settings.seed);
  const others = Array.from({ length: count - 1 }, () => OTHERS.mean + OTHERS.std * drawn.normal());
  const numbers = [first, ...others.map((z, i) => moved(z, i, settings))];
  const centers = norm !== 'rms';
  const arriving = arrivingAt(settings, numbers, drawn);
  const found = normalize(numbers, arriving, centers, gamma);
  // The running variance is fed the unbiased one; of a single number there is none.
  const unbiased = count > 1 ? (found.variance * count) / (count - 1) : found.variance;
  const catchUp = (from: number, to: number) =>
    norm === 'batch'
      ? Array.from({ length: BATCHES + 1 }, (_, k) => to + (from - to) * (1 - newest) ** k)
      : [];
  return {
    numbers,
    ...found,
    output: found.normalized.map((z) => gamma * z + beta),
    arriving,
    passedShare: squared(found.left) / squared(arriving),
    runningMean: catchUp(0, found.mean),
    runningVariance: catchUp(1, unbiased),
  };
}

/** Where a number stands that was drawn at `z`: one that is moved stays on the line. */
function moved(z: number, index: number, settings: UnitSettings): number {
  const name = MOVES[index];
  const by = name === undefined ? 0 : settings[name];
  return by === 0 ? z : Math.max(RANGE[0], Math.min(RANGE[1], z + by));
}

/** What to change, and to which value, so that a number comes to stand at `to`, to a hundredth. */
export function movedTo(
  index: number,
  to: number,
  settings: UnitSettings,
): [name: string, value: number] {
  const place = Math.max(RANGE[0], Math.min(RANGE[1], to));
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  const name = MOVES[index - 1];
  if (name === undefined) return ['first', rounded(place)];
  const drawn = unit({ ...settings, [name]: 0 }).numbers[index]!;
  return [name, rounded(place - drawn)];
}

function arrivingAt({ arriving }: UnitSettings, numbers: readonly number[], drawn: Rng): number[] {
  switch (arriving) {
    case 'drawn':
      return numbers.map(() => drawn.normal());
    case 'alone':
      return numbers.map((_, i) => (i === 0 ? 1 : 0));
    case 'same':
      return numbers.map(() => 1);
    case 'along':
      return numbers.map((z) => z / 2);
  }
}
