import type {
  InitializerSpec,
  LossSpec,
  MlpSpec,
  OptimizerSpec,
  TrainingSpec,
} from '../engine/types';
import { significant } from './format';
import { en, type Words } from './words/en';

/**
 * Names every field in which two runs differ, "depth 2 instead of 10", so that what is said between
 * two lanes cannot miss anything. The learning rate is named apart from the optimizer.
 */
export function differences(from: TrainingSpec, to: TrainingSpec, words: Words = en): string[] {
  const before = describe(from, words);
  const after = describe(to, words);
  return Object.keys({ ...before, ...after })
    .filter((field) => before[field] !== after[field])
    .map((field) =>
      words.lanes.change(field, after[field] ?? words.spec.none, before[field] ?? words.spec.none),
    );
}

function describe(spec: TrainingSpec, words: Words): Record<string, string | undefined> {
  const names = words.spec;
  return {
    ...network(spec, words),
    ...optimizer(spec.optimizer, words),
    [names.loss]: spec.loss && loss(spec.loss),
    [names.task]: JSON.stringify(spec.task),
    [names.clip]: spec.clip && JSON.stringify(spec.clip),
    [names.penalty]: spec.penalty && JSON.stringify(spec.penalty),
    [names.batchSize]: String(spec.batchSize),
    [names.steps]: String(spec.steps),
    [names.seed]: String(spec.seed),
  };
}

function network(spec: TrainingSpec, words: Words): Record<string, string | undefined> {
  const names = words.spec;
  if (spec.network.kind !== 'mlp') return { [names.network]: JSON.stringify(spec.network) };
  const mlp: MlpSpec = spec.network;
  return {
    [names.depth]: String(mlp.depth),
    [names.width]: String(mlp.width),
    [names.activation]: names.activations[mlp.activation],
    [names.initializer]: initializer(mlp.initializer, words),
    [names.bias]:
      typeof mlp.bias === 'object'
        ? withNumbers(names.initializers.normal, mlp.bias)
        : String(mlp.bias ?? 0),
    [names.outputInitializer]: mlp.outputInitializer && initializer(mlp.outputInitializer, words),
    [names.batchNorm]: mlp.batchNorm ? words.settings.on : words.settings.off,
    [names.residual]: mlp.residual ?? 'none',
    [names.branchScale]: String(mlp.branchScale ?? 1),
  };
}

function initializer(spec: InitializerSpec, words: Words): string {
  const { kind, ...numbers } = spec;
  return withNumbers(words.spec.initializers[kind], numbers);
}

function optimizer(spec: OptimizerSpec, words: Words): Record<string, string> {
  const { kind, learningRate, ...numbers } = spec;
  return {
    [words.spec.optimizer]: withNumbers(words.spec.optimizers[kind], numbers),
    [words.spec.learningRate]: String(learningRate),
  };
}

function loss(spec: LossSpec): string {
  if (typeof spec === 'string') return spec;
  return 'reduction' in spec ? `${spec.kind} (${spec.reduction})` : spec.kind;
}

function withNumbers(name: string, numbers: Record<string, number | undefined>): string {
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  if (given.length === 0) return name;
  return `${name} (${given.map(([key, value]) => `${key} ${significant(value!, 4)}`).join(', ')})`;
}
