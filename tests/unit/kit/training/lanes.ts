import type { NetworkSpec, TaskSpec, TrainingSpec } from '../../../../src/engine/types';
import { emptyResult } from '../../../../src/kit/result';
import { sayFor } from '../../../../src/kit/say';
import { runOf, type Run } from '../../../../src/kit/training/run';
import type { Lane, LaneResult } from '../../../../src/kit/widget';

export const say = sayFor();

/** A multilayer perceptron of some depth on the digits, or another network on another task. */
export const spec = (
  depth: number,
  change: { network?: NetworkSpec; task?: TaskSpec; steps?: number } = {},
): TrainingSpec => ({
  network: {
    kind: 'mlp',
    depth,
    width: 8,
    activation: 'tanh',
    initializer: { kind: 'orthogonal' },
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  batchSize: 8,
  steps: 20,
  seed: 1,
  ...change,
});

export const lane = (name: string, of: TrainingSpec): Lane => ({
  name,
  label: name,
  role: 'neutral',
  spec: of,
});

/** A run of some lanes, each with parts of a result. */
export function run(lanes: Lane[], results: Partial<LaneResult>[]): Run<object> {
  const empty = emptyResult(lanes.map(({ name }) => name));
  const filled = lanes.map(({ name }, i) => [name, { ...empty.lanes[name]!, ...results[i] }]);
  return runOf({}, lanes, { lanes: Object.fromEntries(filled) as Record<string, LaneResult> }, say);
}
