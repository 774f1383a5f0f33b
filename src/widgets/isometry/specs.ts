import type { InitializerSpec, MlpSpec, TrainingSpec } from '../../engine/types';
import type { IsometryValues } from './params';

export interface IsometryLane {
  name: 'problem' | 'cure';
  label: string;
  role: 'problem' | 'cure';
  spec: TrainingSpec & { network: MlpSpec };
}

/** The two networks of a setting: Gaussian weights of variance gain²/n, and orthogonal ones. */
export function lanesOf(values: IsometryValues): IsometryLane[] {
  const spec = (initializer: InitializerSpec, learningRate: number): IsometryLane['spec'] => ({
    network: {
      kind: 'mlp',
      depth: values.depth,
      width: values.width,
      activation: values.activation,
      initializer,
    },
    task: { kind: 'digits' },
    optimizer: { kind: values.optimizer, learningRate },
    batchSize: values.batchSize,
    steps: values.steps,
    seed: values.seed,
  });
  return [
    {
      name: 'problem',
      label: 'Gaussian',
      role: 'problem',
      spec: spec({ kind: 'leCunNormal', gain: values.gain }, values.learningRate),
    },
    {
      name: 'cure',
      label: 'Orthogonal',
      role: 'cure',
      spec: spec({ kind: 'orthogonal', gain: values.gain }, values.orthogonalLearningRate),
    },
  ];
}
