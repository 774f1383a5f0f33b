import type { SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  activation: parameters.oneOf('Activation φ', {
    linear: 'linear: none',
    tanh: 'tanh',
    relu: 'ReLU',
  }),
  depth: parameters.depth({ min: 2, max: 100, default: 20 }),
  gain: parameters.gain({
    help: 'Multiplies the weights of both networks. ReLU wants √2.',
    divisions: 150,
  }),
  optimizer: parameters.optimizer(['sgd', 'momentum'], { advanced: true }),
  learningRate: parameters.learningRate({
    label: 'Learning rate, Gaussian',
    default: 0.01,
    advanced: true,
  }),
  orthogonalLearningRate: parameters.learningRate({
    label: 'Learning rate, orthogonal',
    symbol: undefined,
    default: 0.03,
    advanced: true,
  }),
  ...parameters.usual({ steps: { max: 1000, default: 200 } }),
};

export type IsometrySettings = SettingsOf<typeof params>;
