import { cliffPoint } from '../../engine/closedForms';
import { mean } from '../../kit/spread';
import type { Outcome } from './train';

/** Which number of a run is compared. */
export type Measure = keyof typeof measures | AtStart | CliffShare;

/**
 * A number of the network as drawn: of a layer or time step, counted from 1, divided by that of
 * another where `over` names one.
 */
export interface AtStart {
  atStart: 'weightGradientNorm' | 'signalGradientNorm' | 'activationStd' | 'cellGradientNorm';
  layer: number;
  over?: number;
}

/** A network that diverged classifies as one that guesses among the ten digits. */
const CHANCE = 0.1;

/** Over so many batches a loss is averaged. */
const WINDOW = 20;

const trainAccuracy = ({ last }: Outcome): number => last.final?.trainAccuracy ?? CHANCE;

const measures = {
  trainLoss: ({ last }: Outcome): number => last.final?.trainLoss ?? NaN,
  trainAccuracy,
  trainError: (run: Outcome): number => 1 - trainAccuracy(run),
  testAccuracy: ({ last }: Outcome): number => last.final?.testAccuracy ?? CHANCE,
  /** NaN of a run that stayed finite. */
  firstNonFiniteStep: ({ last }: Outcome): number => last.firstNonFinite?.step ?? NaN,
  /** The mean of the last batches' losses. */
  lastLoss: ({ losses }: Outcome): number => mean(losses.slice(-WINDOW)),
  /** The root of the mean squared global norm of the gradient over all steps. */
  rmsGlobalNorm: ({ norms }: Outcome): number => Math.sqrt(mean(norms.map((norm) => norm ** 2))),
  initialLoss: ({ losses }: Outcome): number => losses[0] ?? NaN,
  /** The smallest mean of so many batches in a row; Infinity where none is a number. */
  lowestLoss: ({ losses }: Outcome): number => {
    let lowest = Infinity;
    for (let end = WINDOW; end <= losses.length; end++) {
      const loss = mean(losses.slice(end - WINDOW, end));
      // Unlike Math.min, this passes over NaN.
      if (loss < lowest) lowest = loss;
    }
    return lowest;
  },
};

/** The losses of all starts of the cliff at the end of a run, each in doubles. */
function cliffLosses({ last }: Outcome): number[] {
  const parameters = last.extra!['parameters']!;
  const starts = parameters.length / 2;
  return Array.from(
    { length: starts },
    (_, i) => cliffPoint(parameters[i]!, parameters[starts + i]!).error,
  );
}

/** The share of the starts of the cliff whose loss ends below or above a level. */
export interface CliffShare {
  cliff: 'below' | 'above';
  level: number;
}

function cliffShare({ cliff, level }: CliffShare, run: Outcome): number {
  const losses = cliffLosses(run);
  const some = losses.filter((loss) => (cliff === 'below' ? loss < level : loss > level));
  return some.length / losses.length;
}

/** The number of a run that a measure names. */
export function numberOf(measure: Measure, run: Outcome): number {
  if (typeof measure === 'string') return measures[measure](run);
  if ('cliff' in measure) return cliffShare(measure, run);
  const { atStart, layer, over } = measure;
  const numbers = usual(atStart) ? run.first[atStart] : run.first.extra![atStart]!;
  const number = numbers[layer - 1]!;
  return over === undefined ? number : number / numbers[over - 1]!;
}

/** The statistics that the engine gives only where they are asked for. */
export function statisticsFor(list: readonly Measure[]): string[] {
  const names = list.flatMap((measure) => {
    if (typeof measure === 'string') return [];
    return 'cliff' in measure ? ['parameters'] : [measure.atStart];
  });
  return [...new Set(names)].filter((name) => !usual(name));
}

/** Whether a measure is made of every step's frame. */
export const needsEveryStep = (list: readonly Measure[]): boolean => list.includes('rmsGlobalNorm');

/** Whether every frame has it. */
const usual = (statistic: string): statistic is 'weightGradientNorm' | 'signalGradientNorm' =>
  statistic === 'weightGradientNorm' || statistic === 'signalGradientNorm';
