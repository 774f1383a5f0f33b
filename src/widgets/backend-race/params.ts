import type { SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  network: parameters.oneOf('Network', {
    ten: '10 hidden layers of 32 units',
    thirty: '30 hidden layers of 32 units',
  }),
  learningRate: parameters.learningRate({ max: 10, divisions: 40, default: 0.01 }),
  steps: parameters.steps({
    ...{ min: 20, max: 500, default: 100 },
    help: 'On each backend. They are made in ten rounds, in which the backends take turns.',
    advanced: false,
  }),
  seed: parameters.seed(),
};

export type RaceSettings = SettingsOf<typeof params>;
