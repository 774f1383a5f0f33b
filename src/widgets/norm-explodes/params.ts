import { int, type SettingsOf } from '../../kit/parameters';
import { parameters, residual } from '../../kit/training';

/** Where one network of each kind stands beside the others. */
const among = (...is: readonly string[]) => ({ parameter: 'compare', is });

export const params = {
  compare: parameters.oneOf('Side by side', {
    norms: 'No norm, batch, layer and RMS norm',
    widths: 'Batch norm: widths 32, 128 and 512',
    forms: 'Batch norm: plain and with sums',
  }),
  activation: parameters.activation(['relu', 'tanh', 'sigmoid'], {
    help: 'ReLU starts by He’s rule, the others by LeCun’s.',
  }),
  form: parameters.oneOf(
    'The network',
    { none: 'Plain', preActivation: 'Pre-activation blocks', postActivation: 'Post-activation' },
    { when: among('norms') },
  ),
  blocks: residual.blocks({
    label: 'Pairs of layers',
    help: 'With the first layer they are twice as many and one: 30 pairs are 61 layers.',
    default: 30,
  }),
  width: int({
    label: 'Units per layer',
    ...{ min: 32, max: 512, default: 64 },
    when: among('norms', 'forms'),
  }),
  learningRate: parameters.learningRate({ default: 0.01, advanced: true }),
  batchSize: parameters.batchSize({ default: 64 }),
  steps: parameters.steps({
    help: '0 looks at the networks as they are drawn.',
    ...{ min: 0, max: 400, default: 0 },
  }),
  seed: parameters.seed(),
};

export type ExplodesSettings = SettingsOf<typeof params>;
