import type { ActivationName, LossName, OptimizerSpec } from '../../engine/types';
import {
  choice,
  int,
  number,
  type ChoiceParameter,
  type IntParameter,
  type NumberParameter,
} from '../parameters';
import { capitalized } from '../capitalized';
import { networks } from '../words/networks.en';

type Own<T> = Partial<Omit<T, 'kind'>>;

const { activations, losses, optimizers } = networks.spec;

/** What an activation function is called at the head of a row. */
export const activationLabel = (name: ActivationName): string => capitalized(activations[name]);

/** Hidden layers. */
export const depth = (own: Own<IntParameter> = {}) =>
  int({ label: 'Hidden layers', symbol: 'L', min: 1, max: 50, default: 10, ...own });

/** Units of each hidden layer. */
export const width = (own: Own<IntParameter> = {}) =>
  int({ label: 'Units per layer', min: 4, max: 64, default: 32, advanced: true, ...own });

export const learningRate = (own: Own<NumberParameter> = {}) =>
  number({
    label: 'Learning rate',
    symbol: 'η',
    min: 0.001,
    max: 1,
    scale: 'log',
    divisions: 60,
    default: 0.1,
    ...own,
  });

/** Factor on the initial weights, √fanIn times their standard deviation. */
export const gain = (own: Own<NumberParameter> = {}) =>
  number({ label: 'Gain', symbol: 'σ_w', min: 0.5, max: 2, default: 1, ...own });

/** Cross-entropy, or the squared error summed over the outputs: `lossOf` of specs.ts makes it one. */
export const loss = (own: Own<ChoiceParameter<LossName>> = {}) =>
  oneOf(
    'Loss',
    {
      softmaxCrossEntropy: losses.softmaxCrossEntropy,
      meanSquaredError: losses.meanSquaredError.sum,
    },
    own,
  );

/** A factor on the initial weights as their rule draws them. */
export const weightScale = (own: Own<NumberParameter> = {}) =>
  number({
    label: 'Scale of the weights',
    help: 'Multiplies He’s weights for ReLU, LeCun’s for the others.',
    ...{ min: 0.5, max: 2, default: 1, divisions: 30 },
    ...own,
  });

export const batchSize = (own: Own<IntParameter> = {}) =>
  int({ label: 'Batch size', min: 8, max: 128, default: 32, advanced: true, ...own });

/** Updates until the run ends by itself. */
export const steps = (own: Own<IntParameter> = {}) =>
  int({ label: 'Steps', min: 10, max: 2000, default: 300, advanced: true, ...own });

export const seed = (own: Own<IntParameter> = {}) =>
  int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true, ...own });

/** How many seeds a survey trains each of its networks from. */
export const repeats = (own: Own<IntParameter> = {}) =>
  int({
    label: 'Seeds per network',
    help: 'Their median is shown.',
    ...{ min: 1, max: 10, default: 1 },
    advanced: true,
    ...own,
  });

/** One of some activation functions; the first is the default. */
export const activation = <const N extends ActivationName>(
  names: readonly [N, ...N[]],
  own: Own<ChoiceParameter<N>> = {},
) => oneOf('Activation φ', named(names, activations), own);

/** One of some optimizers; the first is the default. */
export const optimizer = <const N extends OptimizerSpec['kind']>(
  names: readonly [N, ...N[]],
  own: Own<ChoiceParameter<N>> = {},
) => oneOf('Optimizer', named(names, optimizers), own);

/** One of some options, by value and label; the first is the default. */
export const oneOf = <const N extends string>(
  label: string,
  options: Readonly<Record<N, string>>,
  own: Own<ChoiceParameter<NoInfer<N>>> = {},
) => choice<N>({ label, ...labelled(options), ...own });

/** What stands beside the problem. */
export const beside = <const N extends string>(
  options: Readonly<Record<N, string>>,
  own: Own<ChoiceParameter<N>> = {},
) => oneOf('Beside it', options, own);

/** The settings that hardly a reader touches: `batchSize`, `steps` and `seed`, and `width` before them. */
export const usual = (own: { steps?: Own<IntParameter> } = {}) => ({
  width: width(),
  batchSize: batchSize(),
  steps: steps(own.steps),
  seed: seed(),
});

/** Options by value and label, with the first as the default. */
function labelled<const N extends string>(options: Readonly<Record<N, string>>) {
  const entries = Object.entries(options) as [N, string][];
  return {
    options: entries.map(([value, label]) => ({ value, label })),
    default: entries[0]![0],
  };
}

/** Some of the labels, in the order of the names. */
const named = <N extends string>(names: readonly N[], labels: Record<N, string>) =>
  Object.fromEntries(names.map((name) => [name, labels[name]])) as Record<N, string>;
