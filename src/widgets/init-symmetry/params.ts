import type { SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

/** How the first network may start, each with its label. */
export const starts = {
  constant: 'All weights 0.1',
  zeros: 'All weights 0',
  randomOutput: 'All 0.1, random output layer',
  randomBias: 'All 0.1, random biases',
};

export const params = {
  start: parameters.oneOf('Start of the first network', starts, {
    help: 'The second one always starts from random weights.',
  }),
  activation: parameters.activation(['tanh', 'relu', 'sigmoid']),
  width: parameters.width({ min: 2, max: 32, default: 8 }),
  learningRate: parameters.learningRate({ advanced: true }),
  steps: parameters.steps({ min: 20 }),
  seed: parameters.seed(),
};

export type SymmetrySettings = SettingsOf<typeof params>;
