import type { RanLane, Run } from '../../kit/training';
import { settingsOf } from './lanes';
import { isDeep, type OverflowSettings } from './params';
import * as theory from './theory';

/** The step whose loss was the first to be no finite number; Infinity where every one was finite. */
export const nonFiniteLossStep = ({ result }: RanLane): number =>
  result.steps[result.loss.findIndex((loss) => !Number.isFinite(loss))] ??
  result.firstNonFinite?.step ??
  Infinity;

const finiteLosses = ({ result }: RanLane) => result.loss.filter(Number.isFinite);

/**
 * Steps at which the loss rose, as a share of all: 0 for a smooth descent. NaN where the first step
 * already led to a loss that is not finite, so that there is none to compare.
 */
export function risingShare(lane: RanLane): number {
  const losses = finiteLosses(lane);
  const rises = losses.slice(1).filter((loss, i) => loss > losses[i]!).length;
  return rises / (losses.length - 1);
}

type Value = (settings: OverflowSettings, lane: RanLane) => number;

/** A value of some models alone, from the settings that a lane would be the chosen network of. */
const where =
  (has: (settings: OverflowSettings) => boolean, value: Value) =>
  (lane: RanLane, { settings }: Run<OverflowSettings>) =>
    has(settings) ? value(settingsOf(settings, lane.name), lane) : undefined;
const linear = (value: Value) => where((settings) => !isDeep(settings), value);
const deep = (value: Value) => where(isDeep, value);

/** The named values that no other widget has. */
export const ownValues = {
  largestLoss: (lane: RanLane) => Math.max(...finiteLosses(lane)),
  lastFiniteLoss: (lane: RanLane) => finiteLosses(lane).at(-1) ?? NaN,
  nonFiniteLossStep,
  risingShare,
  initialGlobalNorm: ({ result }: RanLane) => result.globalNorm[0] ?? NaN,
  initialFirstLayerGradientNorm: ({ result }: RanLane) => result.weightGradientNorm[0]?.[0] ?? NaN,
  // A run that broke has no signal at its end.
  lastFirstLayerSignal: deep((_, { result }) =>
    result.firstNonFinite === null ? (result.signalGradientNorm.at(-1)?.[0] ?? NaN) : NaN,
  ),
  theorySignalFirstToLast: deep(theory.signalFirstToLast),
  growthPerStep: linear(({ rate }) => theory.growthPerStep(rate)),
  predictedOverflowStep: linear(({ rate }) => theory.overflowStep(theory.growthPerStep(rate))),
  exactOverflowStep: linear(({ rate }) => theory.exactOverflowStep(theory.growthPerStep(rate))),
  largestEigenvalue: linear(() => theory.LARGEST_EIGENVALUE),
  criticalRate: linear(() => theory.CRITICAL_RATE),
  learningRate: linear((_, { spec }) => spec.optimizer.learningRate),
};
