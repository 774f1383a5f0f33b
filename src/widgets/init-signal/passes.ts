import { chi, forwardMoments } from '../../engine/closedForms';
import type {
  BackendName,
  SignalBackward,
  SignalForward,
  SignalPassSpec,
} from '../../engine/types';
import type { SignalSettings } from './params';

/** The network of the experiment that many courses show: six hidden layers of 4096 units, and 16 inputs of 4096 numbers each. */
export const DEPTH = 6;
export const WIDTH = 4096;
export const INPUTS = 16;

export const LAYERS = Array.from({ length: DEPTH }, (_, i) => i + 1);

/** What the passes have found so far, one entry a layer; null where they have not been yet. */
export interface SignalResult {
  forward: (SignalForward | null)[];
  backward: (SignalBackward | null)[];
  /** Where real weights were multiplied; null in law. */
  backend: BackendName | null;
}

export const nothing: SignalResult = {
  forward: LAYERS.map(() => null),
  backward: LAYERS.map(() => null),
  backend: null,
};

export const specOf = ({ activation, gain, seed }: SignalSettings): SignalPassSpec => ({
  ...{ activation, gain, seed },
  ...{ depth: DEPTH, width: WIDTH, inputs: INPUTS },
});

/** The result with one more layer in it. */
export function withReport(
  result: SignalResult,
  report: SignalForward | SignalBackward,
): SignalResult {
  const list = [...result[report.phase]] as (typeof report | null)[];
  list[report.layer - 1] = report;
  return { ...result, [report.phase]: list };
}

/** Layer visits done, of twice the depth. */
export const visited = ({ forward, backward }: SignalResult): number =>
  [...forward, ...backward].filter((report) => report !== null).length;

/** One number a layer, NaN where there is none yet. */
export const forwardNumbers = (
  { forward }: SignalResult,
  name: 'mean' | 'std' | 'zeroShare' | 'saturation' | 'zeroSlopes',
): number[] => forward.map((report) => report?.[name] ?? NaN);

export const backwardNumbers = (
  { backward }: SignalResult,
  name: 'hiddenGradientNorm' | 'signalGradientNorm' | 'weightGradientNorm',
): number[] => backward.map((report) => report?.[name] ?? NaN);

export interface SignalTheory {
  mean: number[];
  std: number[];
  signalGradientNorm: number[];
  hiddenGradientNorm: number[];
}

/**
 * What wide networks do on average: moments by the recursion q_l = σ_w² E φ(√q_{l−1} z)², gradients from
 * ‖∂L/∂h_L‖ = 1 downwards by E φ′² at z and by σ_w² at each matrix.
 */
export function theoryOf({ activation, gain }: SignalSettings): SignalTheory {
  const moments = forwardMoments(activation, gain, DEPTH);
  const slopes = LAYERS.map((layer) => {
    const below = moments[layer - 2];
    const square = below ? below.mean ** 2 + below.std ** 2 : 1;
    return chi(activation, 1, gain ** 2 * square);
  });
  const signal = new Array<number>(DEPTH);
  const hidden = new Array<number>(DEPTH);
  let square = 1;
  for (let i = DEPTH - 1; i >= 0; i--) {
    hidden[i] = Math.sqrt(square);
    square *= slopes[i]!;
    signal[i] = Math.sqrt(square);
    square *= gain ** 2;
  }
  return {
    mean: moments.map(({ mean }) => mean),
    std: moments.map(({ std }) => std),
    signalGradientNorm: signal,
    hiddenGradientNorm: hidden,
  };
}

/** A number of layer 1 over that of the last layer. */
export const firstToLast = (list: readonly number[]): number =>
  (list[0] ?? NaN) / (list.at(-1) ?? NaN);

/** A number of the last layer over that of layer 1. */
export const lastToFirst = (list: readonly number[]): number => firstToLast(list.toReversed());

/** What one layer multiplies ‖∂L/∂h‖ by on the way down, the geometric mean over all layers. */
export const hiddenFactorPerLayer = (hiddenGradientNorm: readonly number[]): number =>
  firstToLast(hiddenGradientNorm) ** (1 / (DEPTH - 1));
