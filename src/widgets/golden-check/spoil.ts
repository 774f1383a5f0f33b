import type { Group } from './groups';

/** As much of a reference case as is spoiled. */
interface Spoilable {
  expected: {
    grad_global_norm: number;
    steps: { optimizer: { kind: string }; losses: number[] }[];
  };
}

const FACTOR = 1.001;

/**
 * The case with one number of what a row compares changed by a thousandth: the first loss of the
 * row's optimizer, else the global norm of the gradient.
 */
export function spoiled<T extends Spoilable>(golden: T, rows: readonly Group[]): T {
  const copy = structuredClone(golden);
  for (const { optimizer } of rows) {
    if (optimizer === undefined) copy.expected.grad_global_norm *= FACTOR;
    const steps = copy.expected.steps.find(({ optimizer: { kind } }) => kind === optimizer);
    if (steps) steps.losses[0]! *= FACTOR;
  }
  return copy;
}
