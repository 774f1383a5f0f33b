import type { TrainingSpec } from '../../engine/types';
import { formatNumber } from '../../kit/format';
import type { OverflowValues } from './params';
import { CRITICAL_RATE } from './theory';

/** Examples of the training part of the digits: a batch of that size is the full batch. */
export const EXAMPLES = 1437;
const WIDTH = 32;
const BATCHES = { 32: 32, all: EXAMPLES };
/** The stable twin's learning rate of the linear model, as a multiple of the critical one. */
const STABLE_RATE = 0.9;
/**
 * That of a deep network whose weights are not too large: only the rate is left to lower. With the
 * full batch the loss falls at every step at this rate.
 */
const STABLE_LEARNING_RATE = { 32: 0.1, all: 0.02 };

export interface Lane {
  name: 'problem' | 'cure' | 'control';
  label: string;
  role: 'problem' | 'cure' | 'control';
  /** What it changes against the first lane. */
  differs?: string;
  /** The first lane's parameters with the change made. */
  values: OverflowValues;
}

/** What is trained side by side: the chosen setting, then its twin if one is asked for and differs. */
export function lanesOf(values: OverflowValues): Lane[] {
  const chosen: Lane = { name: 'problem', label: labelOf(values), role: roleOf(values), values };
  const twin = twinOf(values);
  if (twin === null) return [chosen];
  const labels = [labelOf(values), labelOf(twin.values)];
  // What tells the two apart has to be in their names.
  const [first, second] = labels[0] === labels[1] ? [values, twin.values].map(withRate) : labels;
  return [
    { ...chosen, label: first! },
    { ...twin, label: second! },
  ];
}

/** Below the critical rate the chosen linear model is no problem, only one more that converges. */
const roleOf = ({ model, rate }: OverflowValues) =>
  model === 'linear' && rate < 1 ? 'control' : 'problem';

function twinOf(values: OverflowValues): Omit<Lane, 'label'> | null {
  if (values.compare === 'nothing') return null;
  if (values.model === 'linear') {
    if (values.compare !== 'stable' || values.rate <= STABLE_RATE) return null;
    return {
      name: 'cure',
      role: 'cure',
      differs: `learning rate ${STABLE_RATE} instead of ${formatNumber(values.rate)} times the critical rate`,
      values: { ...values, rate: STABLE_RATE },
    };
  }
  switch (values.compare) {
    case 'stable':
      if (values.weightScale > 1) {
        return {
          name: 'cure',
          role: 'cure',
          differs: `1 × ${initializerOf(values)} instead of ${formatNumber(values.weightScale)} × ${initializerOf(values)}`,
          values: { ...values, weightScale: 1 },
        };
      }
      return slowerTwinOf(values, STABLE_LEARNING_RATE[values.batch]);
    case 'loss': {
      const loss = values.loss === 'meanSquaredError' ? 'softmaxCrossEntropy' : 'meanSquaredError';
      return {
        name: 'control',
        role: 'control',
        differs: `${LOSSES[loss]} instead of ${LOSSES[values.loss]}`,
        values: { ...values, loss },
      };
    }
    case 'tanh':
      if (values.model === 'tanh') return null;
      return {
        name: 'control',
        role: 'control',
        differs: 'tanh with Glorot instead of ReLU with He',
        values: { ...values, model: 'tanh' },
      };
  }
}

function slowerTwinOf(values: OverflowValues, learningRate: number): Omit<Lane, 'label'> | null {
  if (values.learningRate <= learningRate) return null;
  return {
    name: 'cure',
    role: 'cure',
    differs: `learning rate ${formatNumber(learningRate)} instead of ${formatNumber(values.learningRate)}`,
    values: { ...values, learningRate },
  };
}

const LOSSES = { meanSquaredError: 'mean squared error', softmaxCrossEntropy: 'cross-entropy' };

const initializerOf = ({ model }: OverflowValues) => (model === 'relu' ? 'He' : 'Glorot');

function labelOf(values: OverflowValues): string {
  if (values.model === 'linear') return `${formatNumber(values.rate)} × critical rate`;
  const name = values.model === 'relu' ? 'ReLU' : 'Tanh';
  return `${name}, ${formatNumber(values.weightScale)} × ${initializerOf(values)}, ${LOSSES[values.loss]}`;
}

const withRate = (values: OverflowValues) =>
  `${labelOf(values)}, η = ${formatNumber(values.learningRate)}`;

/** The run of one setting; the linear model is full-batch gradient descent from W = 0. */
export function specOf(values: OverflowValues): TrainingSpec {
  const { steps, seed } = values;
  if (values.model === 'linear') {
    return {
      network: {
        kind: 'mlp',
        depth: 0,
        width: 1,
        activation: 'linear',
        initializer: { kind: 'zeros' },
        outputInitializer: { kind: 'zeros' },
      },
      task: { kind: 'linearRegression' },
      loss: 'meanSquaredError',
      optimizer: { kind: 'sgd', learningRate: values.rate * CRITICAL_RATE },
      batchSize: EXAMPLES,
      steps,
      seed,
    };
  }
  const kind = values.model === 'relu' ? 'heNormal' : 'glorotNormal';
  return {
    network: {
      kind: 'mlp',
      depth: values.depth,
      width: WIDTH,
      activation: values.model,
      initializer: { kind, gain: values.weightScale },
    },
    task: { kind: 'digits' },
    loss: values.loss,
    optimizer: { kind: 'sgd', learningRate: values.learningRate },
    batchSize: BATCHES[values.batch],
    steps,
    seed,
  };
}
