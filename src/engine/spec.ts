import {
  fail,
  fields,
  finite,
  fraction,
  integer,
  may,
  need,
  nonNegative,
  objectOr,
  oneOf,
  positive,
  record,
  union,
  type Fields,
} from './checks';
import { withDefaults, type ResolvedSpec } from './defaults';
import { SpecError } from './errors';
import { leastBytes, mostBytes } from './memory';
import { biasFields, biasFieldsOf } from './step/cells';
import { networkOf } from './step/step';
import type { TaskShape } from './step/step';
import { tasks } from './tasks';
import { hasClasses } from './tasks/classes';
import type { ActivationName, InitializerSpec, LossName, TrainingSpec } from './types';

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
    bias: may(
      objectOr(record({ std: need(nonNegative) }), (value, path) => {
        if (value === 'recentred' || Number.isFinite(value)) return;
        fail(path, value, 'a finite number, "recentred" or an object with std');
      }),
    ),
    outputInitializer: may(initializer),
    batchNorm: may(
      objectOr(record({ epsilon: may(positive), momentum: may(fraction) }), (value, path) => {
        if (typeof value !== 'boolean') fail(path, value, 'true, false or an object');
      }),
    ),
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

/** The fields of a specification, each with its check. */
export const training: Fields = {
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
  loss: may(objectOr(union(losses), oneOf(Object.keys(losses)))),
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
  penalty: may(
    record({
      l1: may(nonNegative),
      l2: may(nonNegative),
      tensors: may((list, path) => {
        if (!Array.isArray(list) || list.some((name) => typeof name !== 'string')) {
          fail(path, list, 'a list of names of tensors');
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
export function resolveSpec(spec: TrainingSpec): ResolvedSpec {
  fields(spec, 'spec', training);
  checkTask(spec);
  const resolved = withDefaults(spec);
  const shape = tasks[resolved.task.kind].shape(resolved.task as never);
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

/** Fields that must fit each other, as they were given. */
function checkTask({ network: net, task, loss, batchSize }: TrainingSpec): void {
  const { network: kind, rows } = tasks[task.kind];
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
  if (lossKind === 'softmaxCrossEntropy' && !hasClasses(task.kind)) {
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
    if (net.branchInitializer && (!net.residual || net.residual === 'none')) {
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

const isLsuv = ({ kind }: InitializerSpec): boolean => kind === 'lsuv';
