import { choice, int, number, type Values } from '../../kit/parameters';
import { ruleOptions } from './rules';

const ONE = { parameter: 'compare', is: ['one'] };

export const params = {
  activation: choice({
    label: 'Activation φ',
    options: [
      { value: 'tanh', label: 'tanh' },
      { value: 'relu', label: 'ReLU' },
      { value: 'sigmoid', label: 'sigmoid' },
    ],
    default: 'tanh',
  }),
  compare: choice({
    label: 'Networks',
    options: [
      { value: 'one', label: 'Two rules' },
      { value: 'sizes', label: 'Fixed sizes, from 0 to 1' },
      { value: 'rules', label: 'Calibrated rules' },
      { value: 'slides', label: 'The slides’ gains' },
    ],
    default: 'one',
  }),
  initializer: choice({
    label: 'First rule',
    options: ruleOptions,
    default: 'tiny',
    when: ONE,
  }),
  beside: choice({
    label: 'Second rule',
    options: ruleOptions,
    default: 'orthogonal',
    when: ONE,
  }),
  depth: int({ label: 'Hidden layers', symbol: 'L', min: 1, max: 30, default: 10 }),
  width: int({ label: 'Units per layer', min: 4, max: 1000, default: 32, advanced: true }),
  learningRate: number({
    label: 'Learning rate',
    symbol: 'η',
    min: 0.0005,
    max: 0.5,
    scale: 'log',
    divisions: 60,
    default: 0.02,
    advanced: true,
  }),
  batchSize: int({ label: 'Batch size', min: 8, max: 256, default: 32, advanced: true }),
  steps: int({ label: 'Steps', min: 1, max: 2000, default: 300, advanced: true }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type InitValues = Values<typeof params>;
