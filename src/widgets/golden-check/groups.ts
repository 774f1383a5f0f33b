import { activationNames } from '../../engine/types';
import { networks as networkWords } from '../../kit/words/networks.en';

/** What one row of the table checks: a reference case, or the part of it that belongs to one optimizer. */
export interface Group {
  label: string;
  /** The reference case's name. */
  case: string;
  /** Only the updates of this optimizer; without it everything that is no update. */
  optimizer?: string;
}

const words = networkWords.spec;

/** `leakyRelu` → `leaky_relu`, as the reference cases are called. */
const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const networks: readonly Group[] = [
  { label: 'Batch normalization', case: 'bn_tanh' },
  { label: 'Batch normalization, five updates', case: 'bn_tanh', optimizer: 'sgd' },
  { label: 'Layer normalization', case: 'ln_tanh' },
  { label: 'RMS normalization', case: 'rms_sigmoid' },
  { label: 'Residual, one layer per block', case: 'res1_tanh' },
  { label: 'Residual, activation after the sum', case: 'res_v1_relu' },
  { label: 'Residual, activation before the weights', case: 'res_preact_relu' },
  { label: 'Residual, batch norm before the activation', case: 'res_preact_bn_tanh' },
  { label: 'Residual, layer norm before the activation', case: 'res_preact_ln_tanh' },
  { label: 'Residual, RMS norm before the activation', case: 'res_preact_rms_sigmoid' },
  { label: 'Recurrent, read at the last step', case: 'rnn_last_ce' },
  { label: 'Recurrent, read at every step', case: 'rnn_every_mse' },
  { label: 'LSTM', case: 'lstm_every_mse' },
  { label: 'GRU, reset before the product', case: 'gru_reset_before_every_mse' },
  { label: 'GRU, reset after the product', case: 'gru_reset_after_every_mse' },
];

const schedules: readonly Group[] = [
  {
    ...{ label: 'Five updates, warm-up and cosine', case: 'schedule_warm_up_cosine' },
    optimizer: 'adamw',
  },
];

const clippingsAndPenalties: readonly Group[] = [
  { label: 'Clipping by global norm', case: 'clip_global_norm_exact' },
  { label: 'Clipping by global norm, with ε', case: 'clip_global_norm_eps' },
  { label: 'Clipping by tensor norm', case: 'clip_per_tensor_norm' },
  { label: 'Clipping by value', case: 'clip_value' },
  { label: 'L1 penalty', case: 'l1_recurrent_only' },
  { label: 'L2 penalty', case: 'l2_recurrent_only' },
  { label: 'Decoupled decay, five updates', case: 'decay_rnn', optimizer: 'sgd' },
];

/** The rows of the table, in order: every activation, optimizer, schedule, kind of network, clipping and penalty. */
export const groups: readonly Group[] = [
  ...activationNames.map((name) => ({
    label: `Perceptron, ${words.activations[name]}`,
    case: `mlp_${snakeCase(name)}_ce`,
  })),
  { label: 'Perceptron, squared error', case: 'mlp_relu_mse' },
  ...Object.entries(words.optimizers).map(([optimizer, label]) => ({
    label: `Five updates, ${label}`,
    case: 'mlp_tanh_ce',
    optimizer,
  })),
  ...schedules,
  ...networks,
  ...clippingsAndPenalties,
];

/** The reference cases that the rows need, each with the optimizers whose updates it is to keep. */
export function neededCases(): Map<string, string[]> {
  const needed = new Map<string, string[]>();
  for (const { case: name, optimizer } of groups) {
    const kept = needed.get(name) ?? [];
    if (optimizer !== undefined) kept.push(optimizer);
    needed.set(name, kept);
  }
  return needed;
}
