import { number, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  activation: parameters.activation(['tanh', 'sigmoid', 'relu']),
  path: parameters.oneOf(
    'Networks are trained',
    { row: 'along a row: biases of one size, growing weights', critical: 'along the line χ = 1' },
    { when: { parameter: 'activation', is: ['tanh'] } },
  ),
  sigmaB: number({
    label: 'Standard deviation of the biases',
    symbol: 'σ_b',
    ...{ min: 0, max: 1, divisions: 100, default: 0.05 },
    when: { parameter: 'path', is: ['row'] },
  }),
  weights: parameters.oneOf(
    'Weights',
    { gaussian: 'Gaussian', orthogonal: 'orthogonal' },
    {
      help: 'Both have the variance σ_w²/n. The theory of the plane holds for both.',
      advanced: true,
    },
  ),
  grid: parameters.oneOf('Networks', {
    quick: 'few: 5 places, up to 20 layers',
    fine: 'many: 9 places, up to 40 layers',
  }),
  learningRate: parameters.learningRate({ min: 0.0005, max: 0.5, default: 0.01, advanced: true }),
  width: parameters.width(),
  batchSize: parameters.batchSize(),
  steps: parameters.steps({ max: 1000, default: 100 }),
  repeats: parameters.repeats(),
  seed: parameters.seed({ label: 'First seed' }),
};

export type PhaseSettings = SettingsOf<typeof params>;
