import type { RecurrentSpec } from '../../engine/types';

/** A recurrent network of 16 units: how its recurrent weights start, and the rate that it is trained with. */
interface Recurrent extends Pick<RecurrentSpec, 'activation' | 'recurrentInitializer'> {
  label: string;
  learningRate: number;
}

/** Three that explode, and one that forgets. */
export const NETWORKS = {
  linear: {
    label: 'Linear, orthogonal × 1.2',
    activation: 'linear',
    recurrentInitializer: { kind: 'orthogonal', gain: 1.2 },
    learningRate: 0.05,
  },
  tanh: {
    label: 'Tanh, Gaussian with gain 2',
    activation: 'tanh',
    recurrentInitializer: { kind: 'leCunNormal', gain: 2 },
    learningRate: 0.2,
  },
  relu: {
    label: 'ReLU, orthogonal × 1.6',
    activation: 'relu',
    recurrentInitializer: { kind: 'orthogonal', gain: 1.6 },
    learningRate: 0.2,
  },
  forgetful: {
    label: 'Tanh, orthogonal × 0.5',
    activation: 'tanh',
    recurrentInitializer: { kind: 'orthogonal', gain: 0.5 },
    learningRate: 0.2,
  },
} as const satisfies Record<string, Recurrent>;

export type NetworkName = keyof typeof NETWORKS;
