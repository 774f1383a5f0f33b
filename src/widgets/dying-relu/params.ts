import { number, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  bias: number({
    label: 'Initial bias of the hidden units',
    symbol: 'b',
    help: 'Pushes every pre-activation up or down before the first step.',
    ...{ min: -4, max: 1, divisions: 50, default: -2 },
  }),
  learningRate: parameters.learningRate({ min: 0.01, max: 2 }),
  compare: parameters.beside(
    { healthy: 'A healthy ReLU network', functions: 'Other activation functions' },
    {
      help: 'The healthy network has bias 0 and learning rate 0.1. The others change the activation function alone.',
    },
  ),
  depth: parameters.depth({ max: 10, default: 3, advanced: true }),
  ...parameters.usual(),
};

export type DyingSettings = SettingsOf<typeof params>;
