import type { SettingsOf } from '../../kit/parameters';
import { parameters, residual } from '../../kit/training';

/** Where a choice about residual networks has a say. */
const among = (...is: readonly string[]) => ({ parameter: 'compare', is });

export const params = {
  blocks: residual.blocks({ when: among('depths', 'residual', 'forms', 'branches') }),
  compare: parameters.oneOf('Trained', {
    depths: 'Plain, deep and shallow',
    residual: 'Plain and residual',
    forms: 'Plain and every form',
    branches: 'Four kinds of branch',
    plainGrown: 'Plain, 11, 31 and 61 layers',
    grown: 'Residual, 11, 31 and 61 layers',
  }),
  shallowBlocks: residual.blocks({
    label: 'Blocks of the shallow network',
    help: undefined,
    default: 5,
    when: among('depths'),
  }),
  form: residual.form({ when: among('residual', 'branches', 'grown') }),
  norm: parameters.oneOf('Normalization', { batchNorm: 'Batch norm', none: 'None' }),
  activation: parameters.activation(['relu', 'tanh', 'sigmoid'], {
    help: 'ReLU starts by He’s rule, the others by LeCun’s.',
  }),
  branchScale: residual.branchScale({ when: among('residual', 'forms', 'grown') }),
  branchStart: parameters.oneOf(
    'Last weights of a branch',
    { others: 'Like the others', zeros: 'Zeros' },
    { when: among('residual', 'forms', 'grown') },
  ),
  learningRate: parameters.learningRate({
    label: 'Learning rate, plain',
    default: 0.03,
    advanced: true,
    when: among('depths', 'residual', 'forms', 'plainGrown'),
  }),
  residualLearningRate: parameters.learningRate({
    label: 'Learning rate, residual',
    symbol: undefined,
    default: 0.03,
    advanced: true,
    when: among('residual', 'forms', 'branches', 'grown'),
  }),
  width: parameters.width(),
  batchSize: parameters.batchSize({ default: 64 }),
  steps: parameters.steps({ min: 1, default: 400 }),
  seed: parameters.seed(),
};

export type ResidualSettings = SettingsOf<typeof params>;
/** How much a branch adds, and how its last weights start. */
export type Branch = Pick<ResidualSettings, 'branchScale' | 'branchStart'>;
