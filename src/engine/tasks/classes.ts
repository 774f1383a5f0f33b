import type { TaskSpec } from '../types';

/**
 * How many classes a task has, each as frequent as the others; null where it has none. Its default loss,
 * its accuracy and what guessing costs depend on that.
 */
export const classesOf = {
  digits: 10,
  twoSpirals: 2,
  linearRegression: null,
  recall: 4,
  adding: null,
  delayedDigits: 10,
  cliff: null,
} as const satisfies Record<TaskSpec['kind'], number | null>;

/** Whether a task has classes. */
export const hasClasses = (kind: TaskSpec['kind']): boolean => classesOf[kind] !== null;
