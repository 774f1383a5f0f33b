import { fixedPoint } from '../../engine/closedForms';
import type { FloorSettings } from './params';
import { PRECISIONS, type PrecisionName } from './precision';

/** What became of the entries of ∂L/∂W₁. The worst that happened to any entry gives the name. */
export type GradientState = 'normal' | 'subnormal' | 'partlyZero' | 'zero' | 'nonFinite';

/** One precision's first-layer gradient, one entry a depth. */
export interface FloorSeries {
  /** ‖∂L/∂W₁‖, Frobenius, accumulated in doubles, the loss scale divided out. */
  norm: number[];
  /** Share of the entries that are exactly 0. */
  zeros: number[];
  /** Share of the entries that are subnormal: not 0, but smaller than the smallest normal number. */
  subnormals: number[];
}

export interface FloorResult {
  /** Number of hidden layers of each network. */
  depths: number[];
  /** Number of entries of ∂L/∂W₁. */
  entries: number;
  precisions: Record<PrecisionName, FloorSeries>;
}

/** What became of the first-layer gradient in one precision, depth by depth. */
export function statesOf(result: FloorResult, precision: PrecisionName): GradientState[] {
  const { norm, zeros, subnormals } = result.precisions[precision];
  return norm.map((size, i) => {
    if (!Number.isFinite(size)) return 'nonFinite';
    if (zeros[i] === 1) return 'zero';
    if (zeros[i]! > 0) return 'partlyZero';
    return subnormals[i]! > 0 ? 'subnormal' : 'normal';
  });
}

/** Root mean square of the entries: the norm divided by the root of their number. */
export const rootMeanSquare = (result: FloorResult, precision: PrecisionName): number[] =>
  result.precisions[precision].norm.map((norm) => norm / Math.sqrt(result.entries));

/** The smallest depth from which on every network's first-layer gradient is exactly 0; else null. */
export function lostDepth(result: FloorResult, precision: PrecisionName): number | null {
  const state = statesOf(result, precision);
  let first = state.length;
  while (first > 0 && state[first - 1] === 'zero') first--;
  return result.depths[first] ?? null;
}

/** The smallest depth at which the state, or a worse one, is met; null where it never is. */
export function firstDepthWith(
  result: FloorResult,
  precision: PrecisionName,
  states: readonly GradientState[],
): number | null {
  const index = statesOf(result, precision).findIndex((state) => states.includes(state));
  return result.depths[index] ?? null;
}

/**
 * The factor by which ∂L/∂W₁ shrinks for each added layer, in float64: the least-squares slope of
 * log ‖∂L/∂W₁‖ over the depths from 3 on, where the first layers' transient is over.
 */
export function weightFactorPerLayer(result: FloorResult): number {
  const points = result.depths
    .map((depth, i): [number, number] => [depth, Math.log(result.precisions.float64.norm[i]!)])
    .filter(([depth, y]) => depth >= 3 && Number.isFinite(y));
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return Math.exp(covariance / variance);
}

/**
 * √χ of a wide network with the widget's weights, σ_w = 1, at the fixed point of the variance: the
 * factor by which theory lets ∂L/∂W₁ shrink for each added layer (Schoenholz et al. 2017).
 */
export const theoryFactorPerLayer = ({ activation }: Pick<FloorSettings, 'activation'>): number =>
  Math.sqrt(fixedPoint(activation, 1, 0).chi);

/**
 * log₂ of the size up to which an entry is stored as 0, seen from the unscaled gradient: half of the
 * smallest number, or the smallest normal one where subnormals are flushed. As a number float64's
 * own would be 0.
 */
function log2Threshold({ flush, lossScale }: FloorSettings, precision: PrecisionName): number {
  const format = PRECISIONS.find(({ name }) => name === precision)!;
  const size = flush ? Math.log2(format.smallestNormal) : Math.log2(format.smallestSubnormal) - 1;
  return size - lossScale;
}

/**
 * The depth at which theory brings a typical entry down to where it is stored as 0: the first depth
 * computed, and the number of factors √χ from the entry there. Infinity where nothing shrinks.
 */
export function predictedDepth(
  settings: FloorSettings,
  result: FloorResult,
  precision: PrecisionName,
): number {
  const [first] = rootMeanSquare(result, 'float64');
  const factor = theoryFactorPerLayer(settings);
  if (!(factor < 1)) return Infinity;
  const toLose = Math.log(first!) - log2Threshold(settings, precision) * Math.LN2;
  return result.depths[0]! + toLose / -Math.log(factor);
}
