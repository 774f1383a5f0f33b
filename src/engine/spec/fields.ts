import { biasFields, gatesOf } from './cells';
import {
  anyOf,
  fail,
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
  type Check,
  type Fields,
} from './checks';
import { limits } from './limits';
import { activationNames, type LossName } from './training';

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
/** What is on or off, or on with fields of its own. */
const switchOr = (fields: Fields): Check =>
  objectOr(record(fields), (value, path) => {
    if (typeof value !== 'boolean') fail(path, value, 'true, false or an object');
  });

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
    batchNorm: may(switchOr({ epsilon: may(positive), momentum: may(fraction) })),
    layerNorm: may(switchOr({ epsilon: may(positive) })),
    rmsNorm: may(switchOr({ epsilon: may(positive) })),
    preActivationNoise: may(
      switchOr({
        shift: may(nonNegative),
        scale: may(positive),
        shiftSpread: may(nonNegative),
        scaleSpread: may(nonNegative),
      }),
    ),
    residual: may(oneOf(['none', 'single', 'postActivation', 'preActivation'])),
    branchScale: may(finite),
    branchInitializer: may(initializer),
  },
  recurrent: {
    cell: need(oneOf(Object.keys(gatesOf))),
    hiddenSize: need(integer(1, limits.hiddenSize)),
    activation: may(activation),
    initializer: need(initializer),
    recurrentInitializer: need(initializer),
    readout: need(oneOf(['last', 'every'])),
    truncation: may(integer(1, limits.length)),
    outputInitializer: may(initializer),
    readoutBias: may(finite),
    ...Object.fromEntries(biasFields.map((field) => [field, may(finite)])),
  },
  oneUnit: {
    weight: need(finite),
    bias: need(finite),
    weightSpread: may(nonNegative),
    biasSpread: may(nonNegative),
  },
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
      cliff: { starts: may(integer(1, limits.starts)) },
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
  schedule: may(
    anyOf({
      warmUp: may(integer(1, limits.steps)),
      decay: may(
        union({
          cosine: { steps: may(integer(1, limits.steps)), to: may(fraction) },
          step: { every: need(integer(1, limits.steps)), factor: may(fraction) },
        }),
      ),
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
      weightDecay: may(nonNegative),
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
  examples: may((list, path) => {
    if (!Array.isArray(list) || list.length < 1 || list.length > limits.examples)
      fail(path, list, `a list of 1 to ${limits.examples} rows`);
    (list as unknown[]).forEach((row, i) => integer(0, limits.seed)(row, `${path}[${i}]`));
  }),
};
