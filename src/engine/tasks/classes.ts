import type { TaskSpec } from '../types';

/** Whether a task has classes: its default loss and its accuracy depend on that. */
export const hasClasses: Record<TaskSpec['kind'], boolean> = {
  digits: true,
  twoSpirals: true,
  linearRegression: false,
  recall: true,
  adding: false,
  delayedDigits: true,
  cliff: false,
};
