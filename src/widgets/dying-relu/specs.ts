import type { ActivationName, TrainingSpec } from '../../engine/types';

export type Compare = 'healthy' | 'functions';

export interface Setting {
  bias: number;
  learningRate: number;
  compare: Compare;
  depth: number;
  width: number;
  batchSize: number;
  steps: number;
  seed: number;
}

export interface Lane {
  name: string;
  label: string;
  role: 'problem' | 'control' | 'cure';
  spec: TrainingSpec;
}

/** Bias and learning rate at which ReLU units stay alive. */
export const HEALTHY = { bias: 0, learningRate: 0.1 };

/** What takes the place of ReLU, and whether its slope left of 0 has a lasting say. */
const OTHERS: { name: ActivationName; label: string; role: Lane['role'] }[] = [
  { name: 'leakyRelu', label: 'Leaky ReLU', role: 'control' },
  { name: 'gelu', label: 'GELU', role: 'control' },
  { name: 'silu', label: 'SiLU', role: 'control' },
  { name: 'elu', label: 'ELU', role: 'cure' },
  { name: 'selu', label: 'SELU', role: 'cure' },
];

/** The networks that a setting trains side by side, the ReLU network in question first. */
export function lanesOf(setting: Setting): Lane[] {
  const relu: Lane = {
    name: 'problem',
    label: 'ReLU',
    role: 'problem',
    spec: specOf(setting, 'relu'),
  };
  if (setting.compare === 'functions') {
    return [
      relu,
      ...OTHERS.map(({ name, label, role }) => ({
        name,
        label,
        role,
        spec: specOf(setting, name),
      })),
    ];
  }
  const spec = specOf({ ...setting, ...HEALTHY }, 'relu');
  return [relu, { name: 'control', label: 'ReLU, healthy', role: 'control', spec }];
}

function specOf(setting: Setting, activation: ActivationName): TrainingSpec {
  const { bias, learningRate, depth, width, batchSize, steps, seed } = setting;
  return {
    network: {
      kind: 'mlp',
      depth,
      width,
      activation,
      initializer: { kind: 'heNormal' },
      bias,
    },
    task: { kind: 'digits' },
    optimizer: { kind: 'sgd', learningRate },
    batchSize,
    steps,
    seed,
  };
}
