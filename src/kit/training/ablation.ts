import type { Lane } from '../widget';
import { changed, type MlpTraining, type MlpTrainingSpec } from './specs';

/** A cure of several changes, each with a label of its own. */
export interface Cure {
  label: string;
  /** By the name of the lane in which it is made alone. */
  parts: Record<string, readonly [label: string, change: Partial<MlpTraining>]>;
}

/** A network as a cure changes it. */
export function cured(problem: MlpTrainingSpec, { label, parts }: Cure): Lane {
  const whole = Object.values(parts).map(([, change]) => change);
  return { name: 'cure', label, role: 'cure', spec: changed(problem, Object.assign({}, ...whole)) };
}

/** Each change of a cure made alone, then all of them: which of them is it that cures? */
export const ablation = (problem: MlpTrainingSpec, cure: Cure): Lane[] => [
  ...Object.entries(cure.parts).map(([name, [label, change]]): Lane => ({
    name,
    label,
    role: 'control',
    spec: changed(problem, change),
  })),
  cured(problem, cure),
];
