/**
 * Every default of a specification, each in this one place. The page reads them too, so nothing here
 * may import tfjs or data.
 */
import { biasFields, type BiasField } from './cells';
import type {
  BatchNorm,
  PreActivationNoise,
  ResolvedClip,
  ResolvedInitializer,
  ResolvedLoss,
  ResolvedMlp,
  ResolvedNetwork,
  ResolvedOptimizer,
  ResolvedPenalty,
  ResolvedRecurrent,
  ResolvedSchedule,
  ResolvedSpec,
  ResolvedTask,
  RowNorm,
} from './resolved';
import { taskFacts } from './tasks';
import type {
  ClipSpec,
  InitializerSpec,
  LossSpec,
  MlpSpec,
  NetworkSpec,
  OptimizerSpec,
  PenaltySpec,
  RecurrentSpec,
  ScheduleSpec,
  TaskSpec,
  TrainingSpec,
} from './training';

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
      spec.loss ??
        (taskFacts[spec.task.kind].classes !== null ? 'softmaxCrossEntropy' : 'meanSquaredError'),
    ),
    optimizer: resolveOptimizer(spec.optimizer),
    schedule: spec.schedule ? resolveSchedule(spec.schedule) : null,
    clip: spec.clip ? resolveClip(spec.clip) : null,
    penalty: spec.penalty ? resolvePenalty(spec.penalty) : null,
    batchSize: spec.batchSize,
    steps: spec.steps,
    seed: spec.seed,
    examples: spec.examples ?? [0],
  };
}

function resolveNetwork(network: NetworkSpec): ResolvedNetwork {
  switch (network.kind) {
    case 'mlp':
      return resolveMlp(network);
    case 'recurrent':
      return resolveRecurrent(network);
    case 'oneUnit':
      return {
        ...network,
        weightSpread: network.weightSpread ?? 0,
        biasSpread: network.biasSpread ?? 0,
      };
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
    layerNorm: resolveRowNorm(mlp.layerNorm),
    rmsNorm: resolveRowNorm(mlp.rmsNorm),
    preActivationNoise: resolveNoise(mlp.preActivationNoise),
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
    truncation: network.truncation ?? null,
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

function resolveRowNorm(given: MlpSpec['layerNorm']): RowNorm | null {
  if (!given) return null;
  const { epsilon = 1e-5 } = given === true ? {} : given;
  return { epsilon };
}

function resolveNoise(given: MlpSpec['preActivationNoise']): PreActivationNoise | null {
  if (!given) return null;
  const {
    shift = 0.5,
    scale = 1.25,
    shiftSpread = 0.1,
    scaleSpread = 0.1,
  } = given === true ? {} : given;
  return { shift, scale, shiftSpread, scaleSpread };
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
    case 'cliff':
      return { ...spec, starts: spec.starts ?? 1 };
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

/** Fills in a decay's defaults: a cosine falls to 0, a step is one to a tenth. */
function resolveSchedule({ warmUp, decay }: ScheduleSpec): ResolvedSchedule {
  return {
    warmUp: warmUp ?? null,
    decay:
      decay?.kind === 'cosine'
        ? { kind: 'cosine', steps: decay.steps ?? null, to: decay.to ?? 0 }
        : decay
          ? { ...decay, factor: decay.factor ?? 0.1 }
          : null,
  };
}

/** Fills in a clipping's defaults: ε 0. */
function resolveClip(spec: ClipSpec): ResolvedClip {
  return spec.kind === 'value' ? spec : { ...spec, epsilon: spec.epsilon ?? 0 };
}

function resolvePenalty(spec: PenaltySpec): ResolvedPenalty {
  const { l1 = 0, l2 = 0, weightDecay = 0, tensors = null } = spec;
  return { l1, l2, weightDecay, tensors };
}
