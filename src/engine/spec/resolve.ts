import { biasFields, biasFieldsOf } from './cells';
import { fail, fields } from './checks';
import { withDefaults } from './defaults';
import { SpecError } from './errors';
import { training } from './fields';
import { limits } from './limits';
import { leastBytes, mostBytes } from './memory';
import type { ResolvedSpec } from './resolved';
import { shapeOf, taskFacts, type TaskShape } from './tasks';
import { tensorsOf } from './tensors';
import type { InitializerSpec, TrainingSpec } from './training';

/**
 * Checks a specification and fills in its defaults. Throws `SpecError` that names the field, its
 * value and what is allowed; allocates nothing.
 */
export function resolveSpec(spec: TrainingSpec): ResolvedSpec {
  fields(spec, 'spec', training);
  checkTask(spec);
  const resolved = withDefaults(spec);
  checkTensors(resolved, shapeOf(resolved.task));
  return resolved;
}

/** The network's size and the names of its tensors, before any of them exists. */
function checkTensors(spec: ResolvedSpec, shape: TaskShape): void {
  const { parameters } = tensorsOf(spec.network, shape);
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
function checkTask({ network: net, task, loss, batchSize, examples = [0] }: TrainingSpec): void {
  const { network: kind, rows, testRows } = taskFacts[task.kind];
  if (kind !== net.kind) {
    const kinds = Object.entries(taskFacts)
      .filter(([, entry]) => entry.network === net.kind)
      .map(([name]) => name);
    fail('task.kind', task.kind, `${kinds.join(', ')} with a network of kind "${net.kind}"`);
  }
  if (rows !== null && batchSize > rows) {
    fail('batchSize', batchSize, `at most ${rows}, the size of the training part of ${task.kind}`);
  }
  for (const row of examples) {
    if (row === 0 || (testRows !== null && row < testRows)) continue;
    const allowed =
      testRows === null
        ? `nothing with ${task.kind}, which holds no rows back`
        : `rows up to ${testRows - 1}; ${rows === null ? `${task.kind} is judged on` : `the held-out part of ${task.kind} has`} ${testRows}`;
    fail('examples', row, allowed);
  }
  const lossKind = typeof loss === 'object' ? loss.kind : loss;
  if (lossKind === 'softmaxCrossEntropy' && taskFacts[task.kind].classes === null) {
    fail(
      typeof loss === 'object' ? 'loss.kind' : 'loss',
      lossKind,
      `meanSquaredError, because ${task.kind} has no classes`,
    );
  }
  if (task.kind === 'cliff' && (task.starts ?? 1) > 1) {
    if (typeof loss !== 'object' || loss.kind !== 'meanSquaredError' || loss.reduction !== 'sum') {
      fail(
        'loss',
        loss,
        '{ "kind": "meanSquaredError", "reduction": "sum" } with several starts; a mean would divide ' +
          'the gradient of each by their number',
      );
    }
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
        `an odd number (1 + 2 per block) with residual "${net.residual}"`,
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
    const [norm, second] = (['batchNorm', 'layerNorm', 'rmsNorm'] as const).filter(
      (name) => net[name],
    );
    if (second)
      fail(`network.${second}`, net[second], `false with ${norm}; a network has one norm`);
    if (norm && net.bias !== undefined) {
      fail('network.bias', net.bias, `nothing with ${norm}, which takes its place`);
    }
    if (norm === 'batchNorm' && batchSize < 2)
      fail('batchSize', batchSize, 'at least 2 with batchNorm');
    if (norm === 'layerNorm' && net.width < 2)
      fail('network.width', net.width, 'at least 2 with layerNorm');
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
