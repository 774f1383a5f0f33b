import { choice, int, number, type Values } from '../../kit/parameters';

export const params = {
  activation: choice({
    label: 'Activation φ',
    options: [
      { value: 'tanh', label: 'tanh' },
      { value: 'sigmoid', label: 'sigmoid' },
      { value: 'relu', label: 'ReLU' },
    ],
    default: 'tanh',
  }),
  path: choice({
    label: 'Networks are trained',
    options: [
      { value: 'row', label: 'along a row: one σ_b, growing σ_w' },
      { value: 'critical', label: 'along the line χ = 1' },
    ],
    default: 'row',
    when: { parameter: 'activation', is: ['tanh'] },
  }),
  sigmaB: number({
    label: 'Standard deviation of the biases',
    symbol: 'σ_b',
    min: 0,
    max: 1,
    divisions: 100,
    default: 0.05,
    when: { parameter: 'path', is: ['row'] },
  }),
  weights: choice({
    label: 'Weights',
    help: 'Both have the variance σ_w²/n. The theory of the plane holds for both.',
    options: [
      { value: 'gaussian', label: 'Gaussian' },
      { value: 'orthogonal', label: 'orthogonal' },
    ],
    default: 'gaussian',
    advanced: true,
  }),
  grid: choice({
    label: 'Networks',
    options: [
      { value: 'quick', label: 'few: 5 places, up to 20 layers' },
      { value: 'fine', label: 'many: 9 places, up to 40 layers' },
    ],
    default: 'quick',
  }),
  learningRate: number({
    label: 'Learning rate',
    symbol: 'η',
    min: 0.0005,
    max: 0.5,
    scale: 'log',
    divisions: 60,
    default: 0.01,
    advanced: true,
  }),
  width: int({ label: 'Units per layer', min: 4, max: 64, default: 32, advanced: true }),
  batchSize: int({ label: 'Batch size', min: 8, max: 128, default: 32, advanced: true }),
  steps: int({ label: 'Steps', min: 10, max: 1000, default: 100, advanced: true }),
  repeats: int({
    label: 'Seeds a network',
    help: 'Their median is shown.',
    min: 1,
    max: 10,
    default: 1,
    advanced: true,
  }),
  seed: int({ label: 'First seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type PhaseValues = Values<typeof params>;
