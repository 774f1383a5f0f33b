import { framesOf, values, type RanLane } from '../../kit/training';
import { cellOf, keptOf } from './theory';

/** The memory gradient of every time step in a frame: 0 is the first one, −1 the latest. */
const memory = (lane: RanLane, frame: 0 | -1): number[] =>
  framesOf(lane.result, 'memoryGradientNorm').at(frame) ?? [];

const over = (norms: readonly number[]): number => (norms[0] ?? NaN) / (norms.at(-1) ?? NaN);

/** ‖∂L/∂(h or c)‖ at time step 1 over that at the last, before the first update. */
export const memoryFirstToLast = (lane: RanLane): number => over(memory(lane, 0));

/**
 * The norm of what the first time step contributes to the gradient of the cell's weights, over the norm of that
 * gradient.
 */
export function firstTimeStepShare({ result }: RanLane, frame: 0 | -1): number {
  const [first] = framesOf(result, 'timeStepGradientNorm').at(frame) ?? [];
  // The last weight matrix is that of the output.
  const cell = result.weightGradientNorm.at(frame)?.slice(0, -1) ?? [];
  return (first ?? NaN) / Math.hypot(...cell);
}

const before =
  (statistic: string) =>
  ({ result }: RanLane): number =>
    framesOf(result, statistic)[0]?.[0] ?? NaN;

export const timeValues = {
  finalLoss: values.finalLoss,
  trainAccuracy: values.trainAccuracy,
  initialLoss: values.initialLoss,
  firstNonFiniteStep: values.firstNonFiniteStep,
  memoryFirstToLast,
  /** The factor per time step, as a geometric mean. */
  memoryFactor: (lane: RanLane): number =>
    memoryFirstToLast(lane) ** (1 / (memory(lane, 0).length - 1)),
  initialMemoryGradientNorm: (lane: RanLane) => memory(lane, 0),
  firstTimeStepShare: (lane: RanLane) => firstTimeStepShare(lane, 0),
  initialGlobalNorm: ({ result }: RanLane): number => result.globalNorm[0] ?? NaN,
  /** Of one recurrent matrix; an LSTM and a GRU have several. */
  spectralNorm: (lane: RanLane) =>
    cellOf(lane) === 'rnn' ? before('spectralNorm')(lane) : undefined,
  spectralRadius: (lane: RanLane) =>
    cellOf(lane) === 'rnn' ? before('spectralRadius')(lane) : undefined,
  /** σ(b_f) over all time steps but one: what the way through the cell alone would leave. */
  carousel: (lane: RanLane) =>
    cellOf(lane) === 'lstm' ? keptOf(lane) ** (memory(lane, 0).length - 1) : undefined,
};
