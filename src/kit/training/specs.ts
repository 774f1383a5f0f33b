import type {
  ActivationName,
  InitializerSpec,
  LossName,
  LossSpec,
  MlpSpec,
  OptimizerSpec,
  TrainingSpec,
} from '../../engine/types';

/** How a run goes on whatever its network. */
export interface Pace {
  batchSize: number;
  steps: number;
  seed: number;
}

/** A run of a multilayer perceptron. */
export type MlpTrainingSpec = TrainingSpec & { network: MlpSpec };

/** A multilayer perceptron and how it is trained. */
export type MlpTraining = Omit<MlpSpec, 'kind'> & { optimizer: OptimizerSpec; loss?: LossSpec };

/** A loss of `parameters.loss`; the squared error is summed over the outputs. */
export const lossOf = (name: LossName): LossSpec =>
  name === 'meanSquaredError' ? { kind: name, reduction: 'sum' } : name;

/** How ReLU starts, and how the others do: by He’s or LeCun’s rule, times a factor. */
export const startFor = (activation: ActivationName, gain = 1): InitializerSpec => ({
  kind: activation === 'relu' ? 'heNormal' : 'leCunNormal',
  ...(gain !== 1 && { gain }),
});

/** A multilayer perceptron on the handwritten digits. */
export function digits(
  { optimizer, loss, ...network }: MlpTraining,
  { batchSize, steps, seed }: Pace,
): MlpTrainingSpec {
  return {
    network: { kind: 'mlp', ...network },
    task: { kind: 'digits' },
    ...(loss && { loss }),
    optimizer,
    batchSize,
    steps,
    seed,
  };
}

/** The same run with parts of its network, its optimizer or its loss changed. */
export function changed(
  spec: MlpTrainingSpec,
  { optimizer = spec.optimizer, loss = spec.loss, ...network }: Partial<MlpTraining>,
): MlpTrainingSpec {
  return {
    ...spec,
    network: { ...spec.network, ...network },
    ...(loss && { loss }),
    optimizer,
  };
}
