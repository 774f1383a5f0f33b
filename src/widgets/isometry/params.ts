import { choice, int, number, type Values } from '../../kit/parameters';

const rate = { min: 0.001, max: 1, scale: 'log', divisions: 60 } as const;

export const params = {
  activation: choice({
    label: 'Activation φ',
    options: [
      { value: 'linear', label: 'linear: none' },
      { value: 'tanh', label: 'tanh' },
      { value: 'relu', label: 'ReLU' },
    ],
    default: 'linear',
  }),
  depth: int({ label: 'Hidden layers', symbol: 'L', min: 2, max: 100, default: 20 }),
  gain: number({
    label: 'Gain',
    symbol: 'σ_w',
    help: 'Multiplies the weights of both networks. ReLU wants √2.',
    min: 0.5,
    max: 2,
    divisions: 150,
    default: 1,
  }),
  optimizer: choice({
    label: 'Optimizer',
    options: [
      { value: 'sgd', label: 'SGD' },
      { value: 'momentum', label: 'SGD with momentum' },
    ],
    default: 'sgd',
    advanced: true,
  }),
  learningRate: number({
    ...rate,
    label: 'Learning rate, Gaussian',
    symbol: 'η',
    default: 0.01,
    advanced: true,
  }),
  orthogonalLearningRate: number({
    ...rate,
    label: 'Learning rate, orthogonal',
    default: 0.03,
    advanced: true,
  }),
  width: int({ label: 'Units per layer', min: 4, max: 64, default: 32, advanced: true }),
  batchSize: int({ label: 'Batch size', min: 8, max: 128, default: 32, advanced: true }),
  steps: int({ label: 'Steps', min: 10, max: 1000, default: 200, advanced: true }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type IsometryValues = Values<typeof params>;
