import type { TrainingSpec } from '../../../src/engine/types';

/** A small network that learns the digits. */
export const small: TrainingSpec = {
  network: {
    kind: 'mlp',
    depth: 2,
    width: 16,
    activation: 'tanh',
    initializer: { kind: 'leCunNormal' },
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'momentum', learningRate: 0.02 },
  batchSize: 32,
  steps: 40,
  seed: 5,
};
