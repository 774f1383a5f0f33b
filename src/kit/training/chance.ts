import { classesOf, withDefaults, type TrainingSpec } from '../../engine/types';
import type { Say } from '../say';
import { trainingIn } from '../words/networks';

/** What guessing costs: the loss of a network that has learned nothing but how often each answer comes. */
export interface Chance {
  loss: number;
  label: string;
}

/** Variance of a sum of two numbers from U(0, 1): what always naming its mean costs. */
const ADDING = 1 / 6;

/**
 * The loss at chance, where the task and the loss have one: ln of the number of classes for cross-entropy,
 * 1/6 for the adding problem's squared error.
 */
export function chanceOf(spec: TrainingSpec, say: Say): Chance | undefined {
  const { chance } = trainingIn(say.words);
  const { task, loss } = withDefaults(spec);
  if (task.kind === 'adding') return { loss: ADDING, label: chance('1/6') };
  const classes = classesOf(task.kind);
  if (loss.kind !== 'softmaxCrossEntropy' || classes === null) return undefined;
  return { loss: Math.log(classes), label: chance(`ln ${classes}`) };
}
