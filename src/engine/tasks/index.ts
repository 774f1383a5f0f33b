import type { ResolvedTask } from '../defaults';
import { cliff } from './cliff';
import { digits, linearRegression } from './digits';
import { adding, delayedDigits, recall } from './sequences';
import type { Task } from './task';
import { twoSpirals } from './twoSpirals';

/** Every task by its kind. */
export const tasks: { [K in ResolvedTask['kind']]: Task<Extract<ResolvedTask, { kind: K }>> } = {
  digits,
  twoSpirals,
  linearRegression,
  recall,
  adding,
  delayedDigits,
  cliff,
};

export type { Batch, EvaluationPart, LoadedTask } from './task';
