import { int, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  depth: parameters.depth({ max: 20 }),
  activation: parameters.activation(['relu', 'tanh', 'sigmoid']),
  loss: parameters.loss(),
  weightScale: parameters.weightScale(),
  draws: int({
    label: 'Batches of each size',
    ...{ min: 20, max: 200, default: 100 },
    advanced: true,
  }),
  width: parameters.width(),
  seed: parameters.seed(),
};

export type NoiseSettings = SettingsOf<typeof params>;
