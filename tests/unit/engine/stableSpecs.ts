/** Runs in which rounding does not grow, so that backends can be compared step by step. */
import type {
  InitializerSpec,
  MlpSpec,
  NetworkSpec,
  TrainingSpec,
} from '../../../src/engine/types';
import { small } from './small';

const glorot: InitializerSpec = { kind: 'glorotNormal' };

const mlp = (
  activation: 'tanh' | 'sigmoid' | 'relu',
  depth: number,
  norm: Partial<Pick<MlpSpec, 'batchNorm' | 'layerNorm' | 'rmsNorm' | 'preActivationNoise'>> = {},
): NetworkSpec => ({
  kind: 'mlp',
  depth,
  width: depth > 5 ? 32 : 16,
  activation,
  initializer: glorot,
  ...norm,
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
    network: mlp('tanh', 3, { batchNorm: true }),
    optimizer: { kind: 'momentum', learningRate: 0.01 },
  },
  'batch norm with RMSProp': {
    ...small,
    steps: 200,
    network: mlp('sigmoid', 2, { batchNorm: true }),
    optimizer: { kind: 'rmsprop', learningRate: 0.001 },
  },
  'layer norm with Adam': {
    ...small,
    steps: 200,
    network: mlp('tanh', 3, { layerNorm: true }),
    optimizer: { kind: 'adam', learningRate: 0.001 },
  },
  'RMS norm with momentum': {
    ...small,
    steps: 200,
    network: mlp('relu', 3, { rmsNorm: true }),
    optimizer: { kind: 'momentum', learningRate: 0.01 },
  },
  'noise after batch norm': {
    ...small,
    steps: 200,
    network: mlp('tanh', 3, { batchNorm: true, preActivationNoise: true }),
    optimizer: { kind: 'momentum', learningRate: 0.01 },
  },
  LSTM: recurrent('lstm'),
  'GRU, reset before': recurrent('gruResetBefore'),
  'GRU, reset after': recurrent('gruResetAfter'),
};
