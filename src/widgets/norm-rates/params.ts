import { int, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  activation: parameters.activation(['relu', 'tanh', 'sigmoid'], {
    help: 'ReLU starts by He’s rule, the others by LeCun’s.',
  }),
  depth: parameters.depth({ max: 30 }),
  width: parameters.width(),
  batchSize: parameters.batchSize({ default: 64 }),
  steps: parameters.steps({ max: 1000, default: 200 }),
  repeats: int({
    label: 'Seeds a network',
    help: 'Their median is shown.',
    ...{ min: 1, max: 10, default: 1 },
    advanced: true,
  }),
  seed: parameters.seed({ label: 'First seed' }),
};

export type RatesSettings = SettingsOf<typeof params>;
