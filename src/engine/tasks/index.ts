import type { ResolvedTask } from '../spec/resolved';
import { cliff } from './cliff';
import { digits } from './digits';
import { adding, delayedDigits, recall } from './sequences';
import type { Load, LoadedTask } from './task';
import { twoSpirals } from './twoSpirals';

const loaders: { [K in ResolvedTask['kind']]: Load<Extract<ResolvedTask, { kind: K }>> } = {
  digits,
  twoSpirals,
  // The same images and one-hot targets, for a linear model by mean squared error.
  linearRegression: digits,
  recall,
  adding,
  delayedDigits,
  cliff,
};

/** A task with its data loaded. */
export const loadTask = (task: ResolvedTask): Promise<LoadedTask> =>
  loaders[task.kind](task as never);

export type { Batch, EvaluationPart, LoadedTask } from './task';
