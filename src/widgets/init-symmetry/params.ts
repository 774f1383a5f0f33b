import { choice, int, number, type Values } from '../../kit/parameters';

export const params = {
  start: choice({
    label: 'Start of the first network',
    help: 'The second one always starts from random weights.',
    options: [
      { value: 'constant', label: 'All weights 0.1' },
      { value: 'zeros', label: 'All weights 0' },
      { value: 'randomOutput', label: 'All 0.1, random output layer' },
      { value: 'randomBias', label: 'All 0.1, random biases' },
    ],
    default: 'constant',
  }),
  activation: choice({
    label: 'Activation φ',
    options: [
      { value: 'tanh', label: 'tanh' },
      { value: 'relu', label: 'ReLU' },
      { value: 'sigmoid', label: 'sigmoid' },
    ],
    default: 'tanh',
  }),
  width: int({ label: 'Units per layer', min: 2, max: 32, default: 8, advanced: true }),
  learningRate: number({
    label: 'Learning rate',
    symbol: 'η',
    min: 0.001,
    max: 1,
    scale: 'log',
    divisions: 60,
    default: 0.1,
    advanced: true,
  }),
  steps: int({ label: 'Steps', min: 20, max: 2000, default: 300, advanced: true }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type SymmetryValues = Values<typeof params>;
