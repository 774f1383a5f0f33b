import type { MlpSpec, TrainingSpec } from '../../engine/types';
import type { SymmetryValues } from './params';

/** What every weight of a constant start is. */
export const CONSTANT = 0.1;

const HIDDEN_LAYERS = 2;
const BATCH_SIZE = 32;

export interface Lane {
  name: 'problem' | 'cure';
  label: string;
  spec: TrainingSpec;
}

type Start = Pick<MlpSpec, 'initializer' | 'outputInitializer' | 'bias'>;

const constant = { kind: 'constant', value: CONSTANT } as const;

const STARTS: Record<SymmetryValues['start'], { label: string; start: Start }> = {
  constant: {
    label: 'All weights 0.1',
    start: { initializer: constant, outputInitializer: constant },
  },
  zeros: {
    label: 'All weights 0',
    start: { initializer: { kind: 'zeros' }, outputInitializer: { kind: 'zeros' } },
  },
  randomOutput: {
    label: 'All 0.1, random output layer',
    start: { initializer: constant, outputInitializer: { kind: 'leCunNormal' } },
  },
  randomBias: {
    label: 'All 0.1, random biases',
    start: { initializer: constant, outputInitializer: constant, bias: { std: CONSTANT } },
  },
};

/** The network with the chosen start, and its twin with random weights. */
export function lanesOf(values: SymmetryValues): [Lane, Lane] {
  const { activation, width, learningRate, steps, seed } = values;
  const spec = (start: Start): TrainingSpec => ({
    network: { kind: 'mlp', depth: HIDDEN_LAYERS, width, activation, ...start },
    task: { kind: 'digits' },
    optimizer: { kind: 'momentum', learningRate },
    batchSize: BATCH_SIZE,
    steps,
    seed,
  });
  const { label, start } = STARTS[values.start];
  const random = { kind: 'leCunNormal' } as const;
  return [
    { name: 'problem', label, spec: spec(start) },
    {
      name: 'cure',
      label: 'Random weights',
      spec: spec({ initializer: random, outputInitializer: random }),
    },
  ];
}
