/**
 * Every default of a specification, each in this one place. The page reads them too, so nothing here
 * may import tfjs or data.
 */
import { biasFields, type BiasField } from './step/cells';
import { hasClasses } from './tasks/classes';
import type {
  ClipSpec,
  InitializerSpec,
  LossSpec,
  MlpSpec,
  NetworkSpec,
  OneUnitSpec,
  OptimizerSpec,
  PenaltySpec,
  RecurrentSpec,
  TaskSpec,
  TrainingSpec,
} from './types';

/** Each form of a specification with all its fields there. */
type Filled<Spec> = Spec extends object ? Required<Spec> : never;

/** An initializer with its gain, where it has one. */
export type ResolvedInitializer = Filled<InitializerSpec>;
export type ResolvedTask = Filled<TaskSpec>;
export type ResolvedOptimizer = Filled<OptimizerSpec>;
export type ResolvedClip = Filled<ClipSpec>;
/** A loss that is not a name alone; the reduction is over the outputs of a row. */
export type ResolvedLoss = Filled<LossSpec>;

export interface BatchNorm {
  /** Added to the variance before the root (Ioffe & Szegedy 2015, algorithm 1). */
  epsilon: number;
  /** Weight of the newest batch in the running statistics. */
  momentum: number;
}

type MlpInitializer =
  'initializer' | 'firstInitializer' | 'outputInitializer' | 'branchInitializer';

/** An MLP's specification with its defaults filled in; `batchNorm` is null where it has none. */
export type ResolvedMlp = Omit<Required<MlpSpec>, 'batchNorm' | MlpInitializer> &
  Record<MlpInitializer, ResolvedInitializer> & { batchNorm: BatchNorm | null };

type RecurrentInitializer = 'initializer' | 'recurrentInitializer' | 'outputInitializer';

/** A recurrent network's specification with its defaults filled in; biases of other cells are 0. */
export type ResolvedRecurrent = Omit<Required<RecurrentSpec>, RecurrentInitializer> &
  Record<RecurrentInitializer, ResolvedInitializer>;

export type ResolvedNetwork = ResolvedMlp | ResolvedRecurrent | OneUnitSpec;

/** A penalty; `tensors` is null where every weight matrix is penalized. */
export interface ResolvedPenalty {
  l1: number;
  l2: number;
  tensors: string[] | null;
}

/** A specification with every default filled in. */
export interface ResolvedSpec {
  network: ResolvedNetwork;
  task: ResolvedTask;
  loss: ResolvedLoss;
  optimizer: ResolvedOptimizer;
  clip: ResolvedClip | null;
  penalty: ResolvedPenalty | null;
  batchSize: number;
  steps: number;
  seed: number;
}

/**
 * Fills in every default of a specification, so that two of them can be compared field by field: what
 * was left out and what was given as it is by default become the same. Checks nothing and throws
 * nothing; the engine checks a specification before it trains it.
 */
export function withDefaults(spec: TrainingSpec): ResolvedSpec {
  return {
    network: resolveNetwork(spec.network),
    task: resolveTask(spec.task),
    loss: resolveLoss(
      spec.loss ?? (hasClasses(spec.task.kind) ? 'softmaxCrossEntropy' : 'meanSquaredError'),
    ),
    optimizer: resolveOptimizer(spec.optimizer),
    clip: spec.clip ? resolveClip(spec.clip) : null,
    penalty: spec.penalty ? resolvePenalty(spec.penalty) : null,
    batchSize: spec.batchSize,
    steps: spec.steps,
    seed: spec.seed,
  };
}

function resolveNetwork(network: NetworkSpec): ResolvedNetwork {
  switch (network.kind) {
    case 'mlp':
      return resolveMlp(network);
    case 'recurrent':
      return resolveRecurrent(network);
    case 'oneUnit':
      return network;
  }
}

function resolveMlp(mlp: MlpSpec): ResolvedMlp {
  return {
    ...mlp,
    initializer: resolveInitializer(mlp.initializer),
    firstInitializer: resolveInitializer(mlp.firstInitializer ?? mlp.initializer),
    bias: mlp.bias ?? 0,
    outputInitializer: resolveInitializer(mlp.outputInitializer ?? output),
    batchNorm: resolveBatchNorm(mlp.batchNorm),
    residual: mlp.residual ?? 'none',
    branchScale: mlp.branchScale ?? 1,
    branchInitializer: resolveInitializer(mlp.branchInitializer ?? mlp.initializer),
  };
}

function resolveRecurrent(network: RecurrentSpec): ResolvedRecurrent {
  const biases = Object.fromEntries(biasFields.map((field) => [field, network[field] ?? 0]));
  return {
    ...network,
    activation: network.activation ?? 'tanh',
    initializer: resolveInitializer(network.initializer),
    recurrentInitializer: resolveInitializer(network.recurrentInitializer),
    outputInitializer: resolveInitializer(network.outputInitializer ?? output),
    readoutBias: network.readoutBias ?? 0,
    ...(biases as Record<BiasField, number>),
  };
}

/** How an output layer is drawn. */
const output: InitializerSpec = { kind: 'leCunNormal' };

function resolveBatchNorm(given: MlpSpec['batchNorm']): BatchNorm | null {
  if (!given) return null;
  const { epsilon = 1e-5, momentum = 0.1 } = given === true ? {} : given;
  return { epsilon, momentum };
}

/** Fills in an initializer's gain: 1. */
export function resolveInitializer(spec: InitializerSpec): ResolvedInitializer {
  switch (spec.kind) {
    case 'zeros':
    case 'constant':
    case 'normal':
    case 'uniform':
    case 'lsuv':
      return spec;
    default:
      return { ...spec, gain: spec.gain ?? 1 };
  }
}

function resolveTask(spec: TaskSpec): ResolvedTask {
  switch (spec.kind) {
    case 'twoSpirals':
      return { ...spec, noise: spec.noise ?? 0.05 };
    case 'delayedDigits':
      return { ...spec, order: spec.order ?? 'row' };
    default:
      return spec;
  }
}

/** Fills in a loss's defaults: by name alone, the squared errors of a row are averaged. */
export function resolveLoss(spec: LossSpec): ResolvedLoss {
  const { kind, reduction = 'mean' } = typeof spec === 'string' ? { kind: spec } : { ...spec };
  return kind === 'meanSquaredError' ? { kind, reduction } : { kind };
}

/** Fills in an optimizer's defaults: μ 0.9, ρ 0.9 with ε 1e-8, β 0.9 and 0.999 with ε 1e-8, λ 0.01. */
function resolveOptimizer(spec: OptimizerSpec): ResolvedOptimizer {
  switch (spec.kind) {
    case 'sgd':
      return spec;
    case 'momentum':
    case 'nesterov':
      return { ...spec, momentum: spec.momentum ?? 0.9 };
    case 'rmsprop':
      return { ...spec, decay: spec.decay ?? 0.9, epsilon: spec.epsilon ?? 1e-8 };
    case 'adam':
    case 'adamw':
      return {
        ...spec,
        beta1: spec.beta1 ?? 0.9,
        beta2: spec.beta2 ?? 0.999,
        epsilon: spec.epsilon ?? 1e-8,
        weightDecay: spec.weightDecay ?? (spec.kind === 'adamw' ? 0.01 : 0),
      };
  }
}

/** Fills in a clipping's defaults: ε 0. */
function resolveClip(spec: ClipSpec): ResolvedClip {
  return spec.kind === 'value' ? spec : { ...spec, epsilon: spec.epsilon ?? 0 };
}

function resolvePenalty(spec: PenaltySpec): ResolvedPenalty {
  return { l1: spec.l1 ?? 0, l2: spec.l2 ?? 0, tensors: spec.tensors ?? null };
}
