import type { InitializerSpec, RecurrentSpec, TaskSpec } from '../../engine/types';

/** A recurrent network of 16 units on a task over 20 time steps, and the rate that it is trained with. */
interface Recurrent {
  label: string;
  activation: NonNullable<RecurrentSpec['activation']>;
  /** How the recurrent weights start, with a factor on them. */
  start: (gain: number) => InitializerSpec;
  task: TaskSpec;
  /** What of it comes along when it is chosen. */
  brings: { gain: number; learningRate: number };
}

const LENGTH = 20;

const orthogonal = (gain: number): InitializerSpec => ({ kind: 'orthogonal', gain });

/** One that explodes while it trains, one that is chaotic, and one that overflows at once. */
export const NETWORKS = {
  linear: {
    label: 'Linear, orthogonal weights, recall',
    activation: 'linear',
    start: orthogonal,
    task: { kind: 'recall', length: LENGTH },
    brings: { gain: 1.05, learningRate: 0.0075 },
  },
  tanh: {
    label: 'Tanh, Gaussian weights, recall',
    activation: 'tanh',
    start: (gain) => ({ kind: 'leCunNormal', gain }),
    task: { kind: 'recall', length: LENGTH },
    brings: { gain: 2, learningRate: 0.2 },
  },
  adding: {
    label: 'Linear, orthogonal weights, adding',
    activation: 'linear',
    start: orthogonal,
    task: { kind: 'adding', length: LENGTH },
    brings: { gain: 1.3, learningRate: 0.0075 },
  },
} as const satisfies Record<string, Recurrent>;

export type NetworkName = keyof typeof NETWORKS;
