import { solving } from '../../kit/training';
import type { LaneResult } from '../../kit/widget';

/** Classes that the task tells apart. */
const CLASSES = 4;
/** What guessing costs. */
export const CHANCE = Math.log(CLASSES);
/** A mean loss below half of that counts as solved. */
export const SOLVED = CHANCE / 2;

type Losses = Pick<LaneResult, 'steps' | 'loss'>;

/** The first step at which the mean loss is below the level of solving; Infinity where it never is. */
export const solvedStep = (losses: Losses): number => solving.solvedStep(losses, SOLVED);

/** Whether the mean loss ends above that level although it has been below. */
export const isUnlearned = (losses: Losses): boolean => solving.isUnlearned(losses, SOLVED);
