import { histogramBins } from '../statistics/measures';
import { mean, norm, standardDeviation, zeroShare } from '../statistics/reductions';
import { activations } from '../theory/activations';
import { saturationThreshold } from '../theory/saturation';
import type { BackendInfo } from '../backends/backend';
import type { ActivationName } from '../spec/training';
import type { SignalPassSpec } from './spec';

/** What the forward pass finds in one layer, over all units and inputs. */
export interface SignalForward {
  phase: 'forward';
  layer: number;
  /** Mean and population standard deviation of the activations. */
  mean: number;
  std: number;
  /** Share of the activations that are exactly 0. */
  zeroShare: number;
  /** Share of the entries whose φ′(z) is below 9.75 % of its maximum (tanh: |h| > 0.95). */
  saturation: number;
  /**
   * How many of the width · inputs entries have a φ′(z) of exactly 0 as computed. With real weights
   * that is float32, where 1 − h² of tanh is 0 as soon as h rounds to ±1, at |z| of about 9. In law it
   * is a double, from a formula without cancellation, and 0 only beyond |z| = 372.
   */
  zeroSlopes: number;
  /** Of the activations that are not exactly 0. */
  histogram: { edges: number[]; counts: number[] };
}

/** What the backward pass finds in one layer. */
export interface SignalBackward {
  phase: 'backward';
  layer: number;
  /** ‖∂L/∂h_l‖, ‖∂L/∂z_l‖ and ‖∂L/∂W_l‖. */
  hiddenGradientNorm: number;
  signalGradientNorm: number;
  weightGradientNorm: number;
}

/** One layer of one direction, and where it was computed. */
export interface SignalFrame {
  report: SignalForward | SignalBackward;
  info: BackendInfo;
}

/** All entries of a layer over the batch, in any order. */
export type Entries = Float32Array | Float64Array;

/** What a forward step tells of one layer, from its activations h and their slopes φ′(z). */
export function forwardReport(
  layer: number,
  activation: ActivationName,
  { h, slopes }: { h: Entries; slopes: Entries },
): SignalForward {
  const least = saturationThreshold * activations[activation].steepest;
  let saturated = 0;
  let zeroSlopes = 0;
  for (let i = 0; i < slopes.length; i++) {
    if (Math.abs(slopes[i]!) < least) saturated++;
    if (slopes[i] === 0) zeroSlopes++;
  }
  return {
    phase: 'forward',
    layer,
    mean: mean(h),
    std: standardDeviation(h),
    zeroShare: zeroShare(h),
    saturation: saturated / h.length,
    zeroSlopes,
    histogram: histogram(h, activation),
  };
}

/**
 * What a backward step tells of one layer. `gram` is dzᵀdz, `gramBelow` that of what the layer was
 * given, h_{l−1}: the square of ‖∂L/∂W‖ = ‖dz hᵀ‖ is the sum of their products entry by entry.
 */
export function backwardReport(
  layer: number,
  { dh, gram, gramBelow }: { dh: Entries; gram: Float64Array; gramBelow: Float64Array },
): SignalBackward {
  const inputs = Math.sqrt(gram.length);
  let signal = 0;
  for (let i = 0; i < gram.length; i += inputs + 1) signal += gram[i]!;
  return {
    phase: 'backward',
    layer,
    hiddenGradientNorm: norm(dh),
    signalGradientNorm: Math.sqrt(signal),
    weightGradientNorm: Math.sqrt(gram.reduce((sum, value, i) => sum + value * gramBelow[i]!, 0)),
  };
}

/** The batch x ~ N(0, 1), width · inputs numbers. */
export function drawInputs({ width, inputs }: SignalPassSpec, normal: () => number): Float32Array {
  return Float32Array.from({ length: width * inputs }, normal);
}

/** ∂L/∂h of the last layer: a random direction, of norm 1 on average. */
export function drawOuterGradient(
  { width, inputs }: SignalPassSpec,
  normal: () => number,
): Float32Array {
  const scale = 1 / Math.sqrt(width * inputs);
  return Float32Array.from({ length: width * inputs }, () => scale * normal());
}

/** AᵀA, computed on and above the diagonal. */
export function gramOf(a: Entries, columns: number): Float64Array {
  const out = new Float64Array(columns * columns);
  for (let from = 0; from < a.length; from += columns) {
    for (let i = 0; i < columns; i++) {
      const left = a[from + i]!;
      const row = i * columns;
      for (let j = i; j < columns; j++) out[row + j]! += left * a[from + j]!;
    }
  }
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < i; j++) out[i * columns + j] = out[j * columns + i]!;
  return out;
}

/** Where an activation has ends, a histogram shows them; else it ends where the data do. */
const ranges: Partial<Record<ActivationName, [number, number]>> = {
  tanh: [-1, 1],
  sigmoid: [0, 1],
};

/** Counts of what is not exactly 0, in equal bins. */
function histogram(values: Entries, activation: ActivationName): SignalForward['histogram'] {
  let low = Infinity;
  let high = -Infinity;
  const fixed = ranges[activation];
  if (fixed) [low, high] = fixed;
  else {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (!(low < high)) high = low + 1;
  const counts = new Array<number>(histogramBins).fill(0);
  const perBin = histogramBins / (high - low);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === 0 || !Number.isFinite(value)) continue;
    counts[Math.min(histogramBins - 1, Math.floor((value - low) * perBin))]!++;
  }
  const edges = Array.from({ length: histogramBins + 1 }, (_, i) => low + i / perBin);
  return { edges, counts };
}
