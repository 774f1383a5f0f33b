/** When a network has solved a task whose every batch is drawn anew: by a mean of its latest losses. */
import { mean } from '../spread';
import type { LaneResult } from '../widget';

/** Steps that the loss is averaged over: a batch alone is too few sequences. */
export const WINDOW = 20;

type Losses = Pick<LaneResult, 'steps' | 'loss'>;

/**
 * The mean of the latest losses at each step from one on: by default from that on at which there are enough of them to
 * tell whether it is solved.
 */
export function meanLoss(
  { steps, loss }: Losses,
  first = WINDOW - 1,
): { steps: number[]; loss: number[] } {
  const from = steps.findIndex((step) => step >= first);
  if (from === -1) return { steps: [], loss: [] };
  let oldest = 0;
  return {
    steps: steps.slice(from),
    // Each mean by itself: a sum that is carried along keeps the rounding of losses a million times as large.
    loss: steps.slice(from).map((step, i) => {
      while (steps[oldest]! <= step - WINDOW) oldest++;
      return mean(loss.slice(oldest, from + i + 1));
    }),
  };
}

/** The first step at which the mean loss is below a level; Infinity where it never is. */
export function solvedStep(losses: Losses, level: number): number {
  const { steps, loss } = meanLoss(losses);
  return steps[loss.findIndex((one) => one < level)] ?? Infinity;
}

/** Whether the mean loss ends above that level although it has been below. */
export function isUnlearned(losses: Losses, level: number): boolean {
  const end = meanLoss(losses).loss.at(-1);
  return end !== undefined && !(end < level) && solvedStep(losses, level) < Infinity;
}
