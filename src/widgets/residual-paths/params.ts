import type { SettingsOf } from '../../kit/parameters';
import { parameters, residual } from '../../kit/training';

export const params = {
  blocks: residual.blocks({
    default: 30,
    help: '30 blocks are 61 layers; with one layer per branch they are 60 blocks.',
  }),
  form: residual.form({ default: 'single' }),
  activation: parameters.activation(['tanh', 'relu', 'sigmoid'], {
    help: 'ReLU starts by He’s rule, the others by LeCun’s.',
  }),
  branchScale: residual.branchScale(),
  steps: parameters.steps({
    label: 'Steps of training first',
    help: '0 looks at the networks as drawn.',
    ...{ min: 0, max: 1000, default: 0 },
    advanced: false,
  }),
  learningRate: parameters.learningRate({ default: 0.01, advanced: true }),
  width: parameters.width(),
  batchSize: parameters.batchSize({ default: 64 }),
  seed: parameters.seed(),
};

export type PathSettings = SettingsOf<typeof params>;
