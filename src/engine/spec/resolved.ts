/** Specifications with every default filled in: what the engine works with. */
import type {
  ClipSpec,
  DecaySpec,
  InitializerSpec,
  LossSpec,
  MlpSpec,
  OneUnitSpec,
  OptimizerSpec,
  RecurrentSpec,
  TaskSpec,
} from './training';

/** Each form of a specification with all its fields there. */
type Filled<Spec> = Spec extends object ? Required<Spec> : never;

/** An initializer with its gain, where it has one. */
export type ResolvedInitializer = Filled<InitializerSpec>;
export type ResolvedTask = Filled<TaskSpec>;
export type ResolvedOptimizer = Filled<OptimizerSpec>;
/** A schedule of the learning rate; what it lacks is null, and so are the steps of a cosine to the run's end. */
export interface ResolvedSchedule {
  warmUp: number | null;
  decay:
    | { kind: 'cosine'; steps: number | null; to: number }
    | Extract<Filled<DecaySpec>, { kind: 'step' }>
    | null;
}
export type ResolvedClip = Filled<ClipSpec>;
/** A loss that is not a name alone; the reduction is over the outputs of a row. */
export type ResolvedLoss = Filled<LossSpec>;

export interface BatchNorm {
  /** Added to the variance before the root (Ioffe & Szegedy 2015, algorithm 1). */
  epsilon: number;
  /** Weight of the newest batch in the running statistics. */
  momentum: number;
}

/** Layer norm or RMS norm. */
export interface RowNorm {
  /** Added to the variance, or to the mean square, before the root. */
  epsilon: number;
}

/** What the scale and the shift of each pre-activation are drawn from, anew in every step. */
export interface PreActivationNoise {
  /** Each unit's shift is drawn from U(±shift). */
  shift: number;
  /** Each unit's scale is drawn from U(1, scale). */
  scale: number;
  /** Half the width of the uniform distribution of a row's shift around its unit's. */
  shiftSpread: number;
  /** Standard deviation of a row's scale around its unit's. */
  scaleSpread: number;
}

type MlpInitializer =
  'initializer' | 'firstInitializer' | 'outputInitializer' | 'branchInitializer';

/** An MLP's specification with its defaults filled in; each norm that it has not is null. */
export type ResolvedMlp = Omit<
  Required<MlpSpec>,
  'batchNorm' | 'layerNorm' | 'rmsNorm' | 'preActivationNoise' | MlpInitializer
> &
  Record<MlpInitializer, ResolvedInitializer> & {
    batchNorm: BatchNorm | null;
    layerNorm: RowNorm | null;
    rmsNorm: RowNorm | null;
    preActivationNoise: PreActivationNoise | null;
  };

/** Whether a network normalizes its hidden layers, by whatever norm. */
export const normalizes = ({
  batchNorm,
  layerNorm,
  rmsNorm,
}: Pick<ResolvedMlp, 'batchNorm' | 'layerNorm' | 'rmsNorm'>): boolean =>
  batchNorm !== null || layerNorm !== null || rmsNorm !== null;

/** Whether each pre-activation is its affine map alone: neither normalized nor disturbed by noise. */
export const isUndisturbed = (network: ResolvedMlp): boolean =>
  !normalizes(network) && network.preActivationNoise === null;

type RecurrentInitializer = 'initializer' | 'recurrentInitializer' | 'outputInitializer';

/**
 * A recurrent network's specification with its defaults filled in; biases of other cells are 0, and
 * `truncation` is null where its gradient is whole.
 */
export type ResolvedRecurrent = Omit<Required<RecurrentSpec>, 'truncation' | RecurrentInitializer> &
  Record<RecurrentInitializer, ResolvedInitializer> & { truncation: number | null };

export type ResolvedOneUnit = Required<OneUnitSpec>;

export type ResolvedNetwork = ResolvedMlp | ResolvedRecurrent | ResolvedOneUnit;

/** A penalty; `tensors` is null where every weight matrix is penalized. */
export interface ResolvedPenalty {
  l1: number;
  l2: number;
  weightDecay: number;
  tensors: string[] | null;
}

/** A specification with every default filled in. */
export interface ResolvedSpec {
  network: ResolvedNetwork;
  task: ResolvedTask;
  loss: ResolvedLoss;
  optimizer: ResolvedOptimizer;
  schedule: ResolvedSchedule | null;
  clip: ResolvedClip | null;
  penalty: ResolvedPenalty | null;
  batchSize: number;
  steps: number;
  seed: number;
  examples: number[];
}
