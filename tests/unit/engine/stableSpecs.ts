/** Runs in which rounding does not grow, so that backends can be compared step by step. */
import type { InitializerSpec, NetworkSpec, TrainingSpec } from '../../../src/engine/types';
import { small } from './small';

const glorot: InitializerSpec = { kind: 'glorotNormal' };

const mlp = (
  activation: 'tanh' | 'sigmoid' | 'relu',
  depth: number,
  batchNorm = false,
): NetworkSpec => ({
  kind: 'mlp',
  depth,
  width: depth > 5 ? 32 : 16,
  activation,
  initializer: glorot,
  batchNorm,
});

const recurrent = (cell: 'lstm' | 'gruResetBefore' | 'gruResetAfter'): TrainingSpec => ({
  network: {
    kind: 'recurrent',
    cell,
    hiddenSize: 8,
    initializer: glorot,
    recurrentInitializer: { kind: 'orthogonal' },
    readout: 'last',
    ...(cell === 'lstm' ? { forgetBias: 1 } : {}),
  },
  task: { kind: 'recall', length: 4 },
  optimizer: { kind: 'adam', learningRate: 0.005 },
  clip: { kind: 'globalNorm', maxNorm: 1 },
  batchSize: 16,
  steps: 200,
  seed: 5,
});

/** By name; each of 200 steps. */
export const stableSpecs: Record<string, TrainingSpec> = {
  'shallow tanh': { ...small, steps: 200 },
  'deep sigmoid': { ...small, steps: 200, network: mlp('sigmoid', 10) },
  'ten tanh layers': {
    ...small,
    steps: 200,
    network: mlp('tanh', 10),
    optimizer: { kind: 'sgd', learningRate: 0.02 },
  },
  'batch norm with momentum': {
    ...small,
    steps: 200,
    network: mlp('tanh', 3, true),
    optimizer: { kind: 'momentum', learningRate: 0.01 },
  },
  'batch norm with RMSProp': {
    ...small,
    steps: 200,
    network: mlp('sigmoid', 2, true),
    optimizer: { kind: 'rmsprop', learningRate: 0.001 },
  },
  LSTM: recurrent('lstm'),
  'GRU, reset before': recurrent('gruResetBefore'),
  'GRU, reset after': recurrent('gruResetAfter'),
};
