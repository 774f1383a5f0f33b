import type { LaneResult, TrainingResult } from '../../kit/widget';
import type { OverflowValues } from './params';
import { lanesOf, type Lane } from './specs';

/** Each lane that has frames, with its result. */
export function ran(
  values: OverflowValues,
  result: TrainingResult,
): { lane: Lane; of: LaneResult }[] {
  return lanesOf(values).flatMap((lane) => {
    const of = result.lanes[lane.name];
    return of && of.loss.length > 0 ? [{ lane, of }] : [];
  });
}
