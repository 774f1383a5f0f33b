/** Specifications that differ in one field, for every field that the engine checks. */
import type { Check, Fields } from '../../../src/engine/spec/checks';
import { training } from '../../../src/engine/spec/fields';
import { resolveSpec } from '../../../src/engine/spec/resolve';
import type { RecurrentSpec, TrainingSpec } from '../../../src/engine/types';

const common = { batchSize: 8, steps: 10, seed: 1 };

const mlp = {
  network: {
    kind: 'mlp',
    depth: 3,
    width: 4,
    activation: 'tanh',
    initializer: { kind: 'glorotNormal' },
  },
  task: { kind: 'digits' },
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  ...common,
} satisfies TrainingSpec;

const recurrent = (cell: RecurrentSpec['cell']) =>
  ({
    network: {
      kind: 'recurrent',
      cell,
      hiddenSize: 4,
      initializer: { kind: 'glorotNormal' },
      recurrentInitializer: { kind: 'orthogonal' },
      readout: 'last',
    },
    task: { kind: 'recall', length: 5 },
    optimizer: { kind: 'adam', learningRate: 0.01 },
    ...common,
  }) satisfies TrainingSpec;

/** Specifications that have between them every field; what is varied is varied in each. */
export const bases: Record<string, TrainingSpec> = {
  mlp,
  'mlp with blocks': { ...mlp, network: { ...mlp.network, residual: 'preActivation' } },
  'mlp with batch normalization': { ...mlp, network: { ...mlp.network, batchNorm: true } },
  'mlp with layer normalization': { ...mlp, network: { ...mlp.network, layerNorm: true } },
  'mlp with RMS normalization': { ...mlp, network: { ...mlp.network, rmsNorm: true } },
  'mlp with a schedule': { ...mlp, schedule: { warmUp: 3, decay: { kind: 'cosine' } } },
  'mlp with noise': { ...mlp, network: { ...mlp.network, preActivationNoise: true } },
  'mlp with a penalty': { ...mlp, penalty: { l2: 0.25, tensors: ['W1'] } },
  'mlp on a task without classes': { ...mlp, task: { kind: 'linearRegression' } },
  rnn: recurrent('rnn'),
  lstm: recurrent('lstm'),
  gruResetBefore: recurrent('gruResetBefore'),
  gruResetAfter: recurrent('gruResetAfter'),
  oneUnit: {
    network: { kind: 'oneUnit', weight: 5.2, bias: -2.3 },
    task: { kind: 'cliff' },
    optimizer: { kind: 'sgd', learningRate: 0.1 },
    ...common,
    batchSize: 1,
  },
  'oneUnit from several starts': {
    network: { kind: 'oneUnit', weight: 5.2, bias: -2.3 },
    task: { kind: 'cliff', starts: 5 },
    loss: { kind: 'meanSquaredError', reduction: 'sum' },
    optimizer: { kind: 'sgd', learningRate: 0.1 },
    ...common,
    batchSize: 1,
  },
};

/** What a field without names and kinds may be; each check takes those that it allows. */
const plain: unknown[] = [
  0.25,
  0.2500001,
  0,
  1,
  -2,
  3,
  7,
  1e-9,
  true,
  false,
  'recentred',
  ['W1'],
  ['W1', 'W2'],
  ['Wh'],
  [0],
  [3, 5],
];

const accepts = (check: Check, value: unknown): boolean => {
  try {
    check(value, 'value');
    return true;
  } catch {
    return false;
  }
};

const plainValues = (check: Check): readonly unknown[] =>
  check.names ?? plain.filter((value) => accepts(check, value));

type Values = Record<string, unknown>;

const isObject = (value: unknown): value is Values => value !== null && typeof value === 'object';

/** An object of a kind: the one that is there, or another with nothing but what must be there. */
function sampleOf(kind: string, fields: Fields, current: unknown): Values {
  if (isObject(current) && (current['kind'] ?? '') === kind) return current;
  const needed = Object.entries(fields).filter(([, { optional }]) => !optional);
  return {
    ...(kind === '' ? {} : { kind }),
    ...Object.fromEntries(needed.map(([field, { check }]) => [field, anyOf(check)])),
  };
}

function anyOf(check: Check): unknown {
  const [value] = plainValues(check);
  if (value !== undefined) return value;
  const [kind, fields] = Object.entries(check.kinds ?? {})[0]!;
  return sampleOf(kind, fields, undefined);
}

/** One field by its path, and values of what holds it that differ there alone. */
export interface Place<Holder = unknown> {
  path: string;
  values: Holder[];
}

function placesIn(check: Check, path: string, current: unknown): Place[] {
  const kinds = Object.entries(check.kinds ?? {}).map(([kind, fields]) => ({
    kind,
    fields,
    sample: sampleOf(kind, fields, current),
  }));
  return [
    { path, values: [...plainValues(check), ...kinds.map(({ sample }) => sample)] },
    ...kinds.flatMap(({ kind, fields, sample }) =>
      placesOf(fields, kind === '' ? path : `${path}[${kind}]`, sample),
    ),
  ];
}

function placesOf<Holder extends object>(
  fields: Fields,
  path: string,
  object: Holder,
): Place<Holder>[] {
  return Object.entries(fields).flatMap(([field, { check, optional }]) =>
    placesIn(check, `${path}.${field}`, (object as Values)[field]).map((place) => ({
      path: place.path,
      values: [
        ...(optional && place.path === `${path}.${field}` ? [undefined] : []),
        ...place.values,
      ].map((value) => ({
        ...object,
        [field]: value,
      })),
    })),
  );
}

/** Whether the engine takes a specification. */
export const isValid = (spec: TrainingSpec): boolean =>
  accepts((value) => resolveSpec(value as TrainingSpec), spec);

/** For each field of a specification, valid specifications that differ in this field alone. */
export const placesOfSpec = (base: TrainingSpec): Place<TrainingSpec>[] =>
  placesOf(training, 'spec', base).map(({ path, values }) => ({
    path,
    values: values.filter(isValid),
  }));

/** A field that is left out, its default, and the specification with that given; it may be wrong there. */
export interface LeftOut {
  path: string;
  value: unknown;
  given: TrainingSpec;
}

/** Every field that a specification leaves out, with the default that `resolved` has for it. */
export const leftOut = (spec: TrainingSpec, resolved: object): LeftOut[] =>
  leftOutOf(training, 'spec', spec as unknown as Values, resolved as Values, (object) => object);

function leftOutOf(
  fields: Fields,
  path: string,
  object: Values,
  resolved: Values,
  put: (object: Values) => unknown,
): LeftOut[] {
  return Object.entries(fields).flatMap(([field, { check, optional }]): LeftOut[] => {
    const at = `${path}.${field}`;
    const [given, value] = [object[field], resolved[field]];
    const within = (changed: unknown) => put({ ...object, [field]: changed });
    if (given === undefined && optional)
      return [{ path: at, value, given: within(value) as TrainingSpec }];
    if (!isObject(given) || !isObject(value)) return [];
    const kind = String(given['kind'] ?? '');
    return leftOutOf(check.kinds?.[kind] ?? {}, `${at}[${kind}]`, given, value, within);
  });
}
