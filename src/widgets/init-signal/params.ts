import { choice, int, number, type Values } from '../../kit/parameters';

export const params = {
  activation: choice({
    label: 'Activation φ',
    options: [
      { value: 'tanh', label: 'tanh' },
      { value: 'relu', label: 'ReLU' },
    ],
    default: 'tanh',
  }),
  gain: number({
    label: 'Gain',
    symbol: 'σ_w',
    help: 'Standard deviation of a weight times √4096: a gain of 0.64 is a standard deviation of 0.01.',
    min: 0.1,
    max: 10,
    scale: 'log',
    divisions: 200,
    default: 0.64,
  }),
  mode: choice({
    label: 'Weights',
    help: 'Real: all 100 million are drawn, each twice. In law: numbers with exactly the same distribution, drawn without the weights.',
    options: [
      { value: 'real', label: 'Real weights' },
      { value: 'law', label: 'Exact in law' },
    ],
    default: 'real',
  }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type SignalValues = Values<typeof params>;
