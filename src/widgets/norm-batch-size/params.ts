import type { SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  batchSize: parameters.batchSize({ min: 2, max: 64, default: 2, advanced: false }),
  activation: parameters.activation(['relu', 'tanh', 'sigmoid']),
  depth: parameters.depth({ max: 20, default: 5 }),
  learningRate: parameters.learningRate({ default: 0.03 }),
  width: parameters.width(),
  steps: parameters.steps({ default: 400 }),
  seed: parameters.seed(),
};

export type BatchSizeSettings = SettingsOf<typeof params>;
