import { choice, int, number, type Values } from '../../kit/parameters';

const DEEP = { parameter: 'model', is: ['relu', 'tanh'] } as const;

export const params = {
  model: choice({
    label: 'Model',
    options: [
      { value: 'linear', label: 'Linear regression' },
      { value: 'relu', label: 'Deep ReLU network' },
      { value: 'tanh', label: 'Deep tanh network' },
    ],
    default: 'linear',
  }),
  rate: number({
    label: 'Learning rate ÷ critical rate',
    symbol: 'ηλ/2',
    min: 0.1,
    max: 4,
    default: 1.05,
    scale: 'log',
    divisions: 160,
    when: { parameter: 'model', is: ['linear'] },
  }),
  loss: choice({
    label: 'Loss',
    options: [
      { value: 'meanSquaredError', label: 'mean squared error' },
      { value: 'softmaxCrossEntropy', label: 'cross-entropy' },
    ],
    default: 'meanSquaredError',
    when: DEEP,
  }),
  weightScale: number({
    label: 'Scale of the weights',
    symbol: 'c',
    min: 0.25,
    max: 8,
    default: 1.5,
    scale: 'log',
    divisions: 100,
    help: 'Multiplies He’s weights for ReLU, Glorot’s for tanh.',
    when: DEEP,
  }),
  learningRate: number({
    label: 'Learning rate',
    symbol: 'η',
    min: 0.001,
    max: 10,
    default: 0.01,
    scale: 'log',
    divisions: 80,
    when: DEEP,
  }),
  depth: int({
    label: 'Hidden layers',
    symbol: 'L',
    min: 1,
    max: 20,
    default: 10,
    when: DEEP,
  }),
  compare: choice({
    label: 'Beside it',
    options: [
      { value: 'stable', label: 'a stable twin' },
      { value: 'loss', label: 'the same, other loss' },
      { value: 'tanh', label: 'the same, tanh' },
      { value: 'nothing', label: 'nothing' },
    ],
    default: 'stable',
    help: 'A stable twin has He’s or Glorot’s own weights; where the chosen ones are no larger, it has a learning rate of 0.1, or of 0.02 where every step sees all digits. The linear model has a stable twin only.',
  }),
  batch: choice({
    label: 'Batch size',
    symbol: 'B',
    options: [
      { value: '32', label: '32 digits' },
      { value: 'all', label: 'all 1437 digits' },
    ],
    default: '32',
    advanced: true,
    when: DEEP,
  }),
  steps: int({ label: 'Steps', min: 10, max: 3000, default: 500, advanced: true }),
  seed: int({
    label: 'Seed',
    min: 0,
    max: 9999,
    default: 1,
    advanced: true,
    when: DEEP,
  }),
};

export type OverflowValues = Values<typeof params>;
