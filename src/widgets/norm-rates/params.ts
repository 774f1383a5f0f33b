import type { SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  activation: parameters.activation(['relu', 'tanh', 'sigmoid'], {
    help: 'ReLU starts by He’s rule, the others by LeCun’s.',
  }),
  depth: parameters.depth({ max: 30 }),
  width: parameters.width(),
  batchSize: parameters.batchSize({ default: 64 }),
  steps: parameters.steps({ max: 1000, default: 200 }),
  repeats: parameters.repeats(),
  seed: parameters.seed({ label: 'First seed' }),
};

export type RatesSettings = SettingsOf<typeof params>;
