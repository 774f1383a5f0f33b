/** Specifications, and parts of them that many settings share. */
import type { InitializerSpec, MlpSpec, RecurrentSpec, TrainingSpec } from '../../engine/types';

/** A training whose seed the command chooses. */
export type Unseeded = Omit<TrainingSpec, 'seed'>;

type Shared = Pick<TrainingSpec, 'network' | 'task' | 'batchSize'>;

/** A multilayer perceptron of width 32 on the digits, in batches of 32. */
export function mlp(
  depth: number,
  activation: MlpSpec['activation'],
  initializer: InitializerSpec,
  more: Partial<MlpSpec> = {},
): Shared {
  return {
    network: { kind: 'mlp', depth, width: 32, activation, initializer, ...more },
    task: { kind: 'digits' },
    batchSize: 32,
  };
}

/**
 * A linear recurrent network that recalls over 20 time steps, its recurrence orthogonal times `gain`, its input and
 * output weights by Glorot's rule.
 */
export function linearRnn(gain: number): Shared {
  const network: RecurrentSpec = {
    kind: 'recurrent',
    cell: 'rnn',
    activation: 'linear',
    hiddenSize: 16,
    initializer: { kind: 'glorotUniform' },
    recurrentInitializer: { kind: 'orthogonal', gain },
    outputInitializer: { kind: 'glorotUniform' },
    readout: 'last',
  };
  return { network, task: { kind: 'recall', length: 20 }, batchSize: 16 };
}

export const momentum = (learningRate: number) => ({ kind: 'momentum', learningRate }) as const;
export const adam = (learningRate: number) => ({ kind: 'adam', learningRate }) as const;
export const sgd = (learningRate: number) => ({ kind: 'sgd', learningRate }) as const;

/** A recurrent cell, and what of it starts in its own way. */
export type Cell = Pick<RecurrentSpec, 'cell'> & Partial<RecurrentSpec>;

/** A cell that starts by Glorot's rule and orthogonal, read out at the end, with Adam and its gradient clipped at 1. */
export const recurrent = (
  cell: Cell,
  hiddenSize: number,
): Pick<TrainingSpec, 'network' | 'optimizer' | 'clip'> => ({
  network: {
    kind: 'recurrent',
    hiddenSize,
    initializer: { kind: 'glorotUniform' },
    recurrentInitializer: { kind: 'orthogonal' },
    outputInitializer: { kind: 'glorotUniform' },
    readout: 'last',
    ...cell,
  },
  optimizer: adam(0.01),
  clip: { kind: 'globalNorm', maxNorm: 1, epsilon: 1e-6 },
});

/** U(±1/√H) for input and recurrent weights, PyTorch's default. */
export function uniform(
  hiddenSize: number,
): Pick<RecurrentSpec, 'initializer' | 'recurrentInitializer'> {
  const initializer: InitializerSpec = { kind: 'uniform', limit: 1 / Math.sqrt(hiddenSize) };
  return { initializer, recurrentInitializer: initializer };
}
