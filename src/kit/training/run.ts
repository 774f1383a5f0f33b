import type { TrainingSpec } from '../../engine/types';
import type { Series } from '../charts/spec';
import type { Say } from '../say';
import type { Lane, LaneResult, TrainingResult } from '../widget';

/** A lane with all that it has shown so far. */
export interface RanLane extends Lane {
  /** Hidden layers, of a multilayer perceptron; 0 elsewhere. */
  depth: number;
  result: LaneResult;
}

/** What a training widget's figures, values and sentences are made of. */
export interface Run<S> {
  settings: S;
  /** The lanes that there is a result of, in the order drawn. */
  lanes: RanLane[];
  /** The steps until the longest of them ends by itself. */
  steps: number;
  say: Say;
}

/** The lanes of a setting with their results. */
export function runOf<S>(
  settings: S,
  lanes: readonly Lane[],
  { lanes: results }: TrainingResult,
  say: Say,
): Run<S> {
  const ran = lanes.flatMap((lane) => {
    const result = results[lane.name];
    return result === undefined ? [] : [{ ...lane, depth: depthOf(lane.spec), result }];
  });
  return { settings, lanes: ran, steps: totalSteps(lanes), say };
}

/** The steps until the longest of some lanes ends by itself. */
export const totalSteps = (lanes: readonly Pick<Lane, 'spec'>[]): number =>
  Math.max(0, ...lanes.map(({ spec }) => spec.steps));

const depthOf = ({ network }: TrainingSpec): number => (network.kind === 'mlp' ? network.depth : 0);

/** A statistic by name: one that every frame has, or an extra one. */
export type Statistic =
  | 'signalGradientNorm'
  | 'weightGradientNorm'
  | 'weightGradientZeros'
  // Any other name is an extra statistic's.
  | (string & {});

/** A statistic frame by frame, [frame][layer]; empty where the run does not have it. */
export function framesOf(result: LaneResult, statistic: Statistic): number[][] {
  switch (statistic) {
    case 'signalGradientNorm':
    case 'weightGradientNorm':
    case 'weightGradientZeros':
      return result[statistic as 'signalGradientNorm'];
    default:
      return result.extra[statistic] ?? [];
  }
}

/** One series a lane, of the points that each gives; a lane that gives none is left out. */
export function seriesOf(
  lanes: readonly RanLane[],
  points: (lane: RanLane) => (Pick<Series, 'x' | 'y'> & Partial<Series>) | undefined,
): Series[] {
  return lanes.flatMap((lane) => {
    const given = points(lane);
    return given ? [{ id: lane.name, label: lane.label, role: lane.role, ...given }] : [];
  });
}

/** 1, 2, 3, … up to a number: what layers, time steps and ranks are counted by. */
export const counting = (upTo: number): number[] => Array.from({ length: upTo }, (_, i) => i + 1);
