import type { LaneResult } from '../widget';
import { framesOf, type RanLane, type Statistic } from './run';

/** A statistic of every layer before the first update. */
export const atStart = (statistic: Statistic) => (lane: RanLane) =>
  framesOf(lane.result, statistic)[0] ?? [];
/** The same in the last frame. */
const atEnd = (statistic: Statistic) => (lane: RanLane) =>
  framesOf(lane.result, statistic).at(-1) ?? [];

/** A statistic of layer 1 over that of the last hidden layer, before the first update. */
const firstToLast = (statistic: Statistic) => (lane: RanLane) => {
  const norms = atStart(statistic)(lane);
  return (norms[0] ?? NaN) / (norms[lane.depth - 1] ?? NaN);
};
const signalFirstToLast = firstToLast('signalGradientNorm');

/** A number of the end of a run over a whole part of the data; NaN of a run that has not ended. */
const final = (name: 'trainLoss' | 'trainAccuracy' | 'testAccuracy') => (lane: RanLane) =>
  lane.result.final?.[name] ?? NaN;

/**
 * The named values of every training widget, so that a name is one quantity everywhere. Norms are those
 * before the first update unless their name says otherwise; "first" is layer 1, "last" the last hidden
 * layer.
 */
export const values = {
  finalLoss: final('trainLoss'),
  trainAccuracy: final('trainAccuracy'),
  testAccuracy: final('testAccuracy'),
  /** Loss of the first batch, before any update. */
  initialLoss: ({ result }: RanLane) => result.loss[0] ?? NaN,
  /** The step that first left the finite numbers; Infinity where none did. */
  firstNonFiniteStep: ({ result }: RanLane) => result.firstNonFinite?.step ?? Infinity,
  /** ‖∂L/∂z‖ of the first layer over that of the last hidden layer. */
  signalFirstToLast,
  /** ‖∂L/∂W‖ of the first layer over that of the last hidden layer. */
  weightFirstToLast: firstToLast('weightGradientNorm'),
  /** The factor by which each layer multiplies ‖∂L/∂z‖ on its way back, as a geometric mean. */
  signalFactorPerLayer: (lane: RanLane) =>
    lane.depth > 1 ? signalFirstToLast(lane) ** (1 / (lane.depth - 1)) : NaN,
  initialSignalGradientNorm: atStart('signalGradientNorm'),
  initialWeightGradientNorm: atStart('weightGradientNorm'),
};

/** ‖∂L/∂W‖ of every layer in the last frame. */
export const finalWeightGradientNorm = atEnd('weightGradientNorm');

/** The first step whose batch loss is below a level; Infinity where none is. */
export const stepsUntilLoss =
  (level: number) =>
  ({ result }: RanLane): number =>
    result.steps[result.loss.findIndex((loss) => loss < level)] ?? Infinity;

/** Whether a finished run gets so large a share of the training part right. */
export const learned =
  (accuracy: number) =>
  ({ final }: LaneResult): boolean =>
    (final?.trainAccuracy ?? 0) >= accuracy;
