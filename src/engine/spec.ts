import {
  fail,
  fields,
  finite,
  fraction,
  integer,
  may,
  need,
  nonNegative,
  oneOf,
  positive,
  union,
  type Fields,
} from './checks';
import { SpecError } from './errors';
import { leastBytes, mostBytes } from './memory';
import type { ResolvedMlp } from './step/mlp';
import { biasFields, biasFieldsOf } from './step/cells';
import type { BiasField } from './step/cells';
import { resolveLoss } from './step/loss';
import type { ResolvedLoss } from './step/loss';
import { resolveOptimizer } from './step/optimizers';
import type { ResolvedOptimizer } from './step/optimizers';
import { networkOf } from './step/step';
import type { TaskShape } from './step/step';
import { tasks } from './tasks';
import type {
  ActivationName,
  ClipSpec,
  InitializerSpec,
  LossName,
  MlpSpec,
  NetworkSpec,
  OneUnitSpec,
  RecurrentSpec,
  TaskSpec,
  TrainingSpec,
} from './types';

/** A specification that has been checked, every default filled in. */
export interface ResolvedSpec {
  network: ResolvedMlp | Required<RecurrentSpec> | OneUnitSpec;
  task: TaskSpec;
  loss: ResolvedLoss;
  optimizer: ResolvedOptimizer;
  clip: ClipSpec | null;
  penalty: { l1: number; l2: number; tensors: string[] | null } | null;
  batchSize: number;
  steps: number;
  seed: number;
}

/** What a specification may ask for at most. */
export const limits = {
  depth: 100,
  width: 4096,
  hiddenSize: 512,
  length: 200,
  /** Digits read pixel by pixel take 64 time steps more. */
  delay: 200 - 64,
  steps: 100_000,
  seed: 4_294_967_295,
  /** Parameters of one network. */
  parameters: 20_000_000,
} as const;

const activationNames: ActivationName[] = [
  'linear',
  'sigmoid',
  'tanh',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'geluTanh',
  'silu',
  'softplus',
];

const gain = { gain: may(nonNegative) };
const initializer = union({
  zeros: {},
  constant: { value: need(finite) },
  normal: { std: need(nonNegative) },
  uniform: { limit: need(nonNegative) },
  leCunNormal: gain,
  leCunUniform: gain,
  glorotNormal: gain,
  glorotUniform: gain,
  heNormal: gain,
  heUniform: gain,
  orthogonal: gain,
  identity: gain,
  lsuv: {},
});
const activation = oneOf(activationNames);
const learningRate = need(nonNegative);

const network = union({
  mlp: {
    depth: need(integer(0, limits.depth)),
    width: need(integer(1, limits.width)),
    activation: need(activation),
    initializer: need(initializer),
    firstInitializer: may(initializer),
    bias: may((value, path) => {
      if (value === 'recentred' || Number.isFinite(value)) return;
      if (value === null || typeof value !== 'object') {
        fail(path, value, 'a finite number, "recentred" or an object with std');
      }
      fields(value, path, { std: need(nonNegative) });
    }),
    outputInitializer: may(initializer),
    batchNorm: may((value, path) => {
      if (typeof value === 'boolean') return;
      if (value === null || typeof value !== 'object')
        fail(path, value, 'true, false or an object');
      fields(value, path, { epsilon: may(positive), momentum: may(fraction) });
    }),
    residual: may(oneOf(['none', 'single', 'postActivation', 'preActivation'])),
    branchScale: may(finite),
    branchInitializer: may(initializer),
  },
  recurrent: {
    cell: need(oneOf(['rnn', 'lstm', 'gruResetBefore', 'gruResetAfter'])),
    hiddenSize: need(integer(1, limits.hiddenSize)),
    activation: may(activation),
    initializer: need(initializer),
    recurrentInitializer: need(initializer),
    readout: need(oneOf(['last', 'every'])),
    outputInitializer: may(initializer),
    readoutBias: may(finite),
    ...Object.fromEntries(biasFields.map((field) => [field, may(finite)])),
  },
  oneUnit: { weight: need(finite), bias: need(finite) },
});

const adam: Fields = {
  learningRate,
  beta1: may(fraction),
  beta2: may(fraction),
  epsilon: may(nonNegative),
  weightDecay: may(nonNegative),
};
const momentum: Fields = { learningRate, momentum: may(fraction) };

const losses: Record<LossName, Fields> = {
  softmaxCrossEntropy: {},
  meanSquaredError: { reduction: may(oneOf(['mean', 'sum'])) },
};

const training: Fields = {
  network: need(network),
  task: need(
    union({
      digits: {},
      twoSpirals: { noise: may(nonNegative) },
      linearRegression: {},
      recall: { length: need(integer(1, limits.length)) },
      adding: { length: need(integer(2, limits.length)) },
      delayedDigits: {
        delay: need(integer(0, limits.delay)),
        order: may(oneOf(['row', 'pixel'])),
      },
      cliff: {},
    }),
  ),
  loss: may((value, path) => {
    if (value === null || typeof value !== 'object') oneOf(Object.keys(losses))(value, path);
    else union(losses)(value, path);
  }),
  optimizer: need(
    union({
      sgd: { learningRate },
      momentum,
      nesterov: momentum,
      rmsprop: { learningRate, decay: may(fraction), epsilon: may(nonNegative) },
      adam,
      adamw: adam,
    }),
  ),
  clip: may(
    union({
      globalNorm: { maxNorm: need(positive), epsilon: may(nonNegative) },
      value: { maxValue: need(positive) },
      perTensorNorm: { maxNorm: need(positive), epsilon: may(nonNegative) },
    }),
  ),
  penalty: may((value, path) =>
    fields(value, path, {
      l1: may(nonNegative),
      l2: may(nonNegative),
      tensors: may((list, listPath) => {
        if (!Array.isArray(list) || list.some((name) => typeof name !== 'string')) {
          fail(listPath, list, 'a list of names of tensors');
        }
      }),
    }),
  ),
  batchSize: need(integer(1, 1_000_000)),
  steps: need(integer(0, limits.steps)),
  seed: need(integer(0, limits.seed)),
};

/**
 * Checks a specification and fills in its defaults. Throws `SpecError` that names the field, its
 * value and what is allowed; allocates nothing.
 */
export function resolveSpec(value: TrainingSpec): ResolvedSpec {
  fields(value, 'spec', training);
  const spec = value as TrainingSpec;
  const task = tasks[spec.task.kind];
  const shape = task.shape(spec.task as never);
  checkTask(spec, task.rows, task.network, shape.classes);
  const resolved: ResolvedSpec = {
    network: resolveNetwork(spec),
    task: spec.task,
    loss: resolveLoss(spec.loss ?? (shape.classes ? 'softmaxCrossEntropy' : 'meanSquaredError')),
    optimizer: resolveOptimizer(spec.optimizer),
    clip: spec.clip ?? null,
    penalty: spec.penalty
      ? {
          l1: spec.penalty.l1 ?? 0,
          l2: spec.penalty.l2 ?? 0,
          tensors: spec.penalty.tensors ?? null,
        }
      : null,
    batchSize: spec.batchSize,
    steps: spec.steps,
    seed: spec.seed,
  };
  checkTensors(resolved, shape);
  return resolved;
}

/** The network's size and the names of its tensors, before any of them exists. */
function checkTensors(spec: ResolvedSpec, shape: TaskShape): void {
  const { parameters } = networkOf(spec, shape);
  const size = parameters.reduce(
    (total, tensor) => total + tensor.shape.reduce((product, n) => product * n, 1),
    0,
  );
  if (size > limits.parameters) {
    throw new SpecError(
      'network',
      `network has ${size} parameters; allowed: at most ${limits.parameters}.`,
    );
  }
  const bytes = leastBytes(spec, shape, size);
  if (bytes > mostBytes) {
    throw new SpecError(
      'network',
      `network needs at least ${(bytes / mostBytes).toFixed(1)} GB of memory for one training step; ` +
        'allowed: at most 1 GB. Choose a smaller width, depth, batch or sequence length.',
    );
  }
  const names = parameters.map(({ name }) => name);
  for (const name of spec.penalty?.tensors ?? []) {
    if (names.includes(name)) continue;
    throw new SpecError(
      'penalty.tensors',
      `penalty.tensors holds ${name}; allowed: ${names.join(', ')}.`,
    );
  }
}

/** Fields that must fit each other. */
function checkTask(
  spec: TrainingSpec,
  rows: number | null,
  kind: NetworkSpec['kind'],
  classes: boolean,
): void {
  const { network: net, task, loss, batchSize } = spec;
  if (kind !== net.kind) {
    const kinds = Object.entries(tasks)
      .filter(([, entry]) => entry.network === net.kind)
      .map(([name]) => name);
    fail('task.kind', task.kind, `${kinds.join(', ')} with a network of kind "${net.kind}"`);
  }
  if (rows !== null && batchSize > rows) {
    fail('batchSize', batchSize, `at most ${rows}, the size of the training part of ${task.kind}`);
  }
  const lossKind = typeof loss === 'object' ? loss.kind : loss;
  if (lossKind === 'softmaxCrossEntropy' && !classes) {
    fail(
      typeof loss === 'object' ? 'loss.kind' : 'loss',
      lossKind,
      `meanSquaredError, because ${task.kind} has no classes`,
    );
  }
  if (net.kind === 'oneUnit') return;
  if (net.outputInitializer?.kind === 'lsuv') {
    fail(
      'network.outputInitializer.kind',
      'lsuv',
      'every other initializer; lsuv scales hidden layers',
    );
  }
  if (net.kind === 'mlp') {
    const paired = net.residual === 'postActivation' || net.residual === 'preActivation';
    if (paired && net.depth % 2 === 0) {
      fail(
        'network.depth',
        net.depth,
        `an odd number (1 + 2 a block) with residual "${net.residual}"`,
      );
    }
    if (net.branchInitializer && (net.residual ?? 'none') === 'none') {
      fail('network.branchInitializer', net.branchInitializer.kind, 'nothing without residual');
    }
    if (net.branchInitializer && [net.branchInitializer, net.initializer].some(isLsuv)) {
      fail(
        'network.branchInitializer',
        net.branchInitializer.kind,
        'every other pair of initializers; lsuv scales all hidden layers',
      );
    }
    if (net.firstInitializer && isLsuv(net.firstInitializer) !== isLsuv(net.initializer)) {
      fail(
        'network.firstInitializer',
        net.firstInitializer.kind,
        `${isLsuv(net.initializer) ? 'lsuv' : 'every initializer but lsuv'} with the initializer ` +
          `${net.initializer.kind}; lsuv scales all hidden layers`,
      );
    }
    if (net.batchNorm && net.bias !== undefined) {
      fail('network.bias', net.bias, 'nothing with batchNorm, which takes its place');
    }
    if (net.batchNorm && batchSize < 2) fail('batchSize', batchSize, 'at least 2 with batchNorm');
    if (net.initializer.kind === 'lsuv' && batchSize < 2) {
      fail('batchSize', batchSize, 'at least 2 with the initializer lsuv');
    }
  } else {
    for (const field of ['initializer', 'recurrentInitializer'] as const) {
      if (net[field].kind === 'lsuv') {
        fail(`network.${field}.kind`, 'lsuv', 'every other initializer; lsuv is for mlp');
      }
    }
    const own = biasFieldsOf(net.cell);
    for (const field of biasFields) {
      if (net[field] === undefined || own.includes(field)) continue;
      fail(
        `network.${field}`,
        net[field],
        `nothing with the cell "${net.cell}", whose biases are ${own.join(', ')} and readoutBias`,
      );
    }
    if (net.activation !== undefined && net.cell !== 'rnn') {
      fail(
        'network.activation',
        net.activation,
        `nothing with the cell "${net.cell}", whose functions are fixed`,
      );
    }
  }
}

function resolveNetwork(spec: TrainingSpec): ResolvedSpec['network'] {
  const net = spec.network;
  if (net.kind === 'oneUnit') return net;
  if (net.kind === 'mlp') {
    return {
      ...net,
      firstInitializer: net.firstInitializer ?? net.initializer,
      bias: net.bias ?? 0,
      outputInitializer:
        net.outputInitializer ?? ({ kind: 'leCunNormal' } satisfies InitializerSpec),
      batchNorm: resolveBatchNorm(net.batchNorm),
      residual: net.residual ?? 'none',
      branchScale: net.branchScale ?? 1,
      branchInitializer: net.branchInitializer ?? net.initializer,
    };
  }
  const biases = Object.fromEntries(biasFields.map((field) => [field, net[field] ?? 0]));
  return {
    ...net,
    activation: net.activation ?? 'tanh',
    outputInitializer: net.outputInitializer ?? ({ kind: 'leCunNormal' } satisfies InitializerSpec),
    readoutBias: net.readoutBias ?? 0,
    ...(biases as Record<BiasField, number>),
  };
}

const isLsuv = ({ kind }: InitializerSpec): boolean => kind === 'lsuv';

function resolveBatchNorm(given: MlpSpec['batchNorm']): ResolvedMlp['batchNorm'] {
  if (!given) return null;
  const { epsilon = 1e-5, momentum = 0.1 } = given === true ? {} : given;
  return { epsilon, momentum };
}
