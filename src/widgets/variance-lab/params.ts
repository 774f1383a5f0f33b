import { choice, flag, int, number, type Values } from '../../kit/parameters';

export const params = {
  derivation: choice({
    label: 'Derivation',
    help: 'Xavier’s sets Var(w) = 1/n, He’s 2/n.',
    options: [
      { value: 'xavier', label: 'Xavier: both means zero' },
      { value: 'he', label: 'He: inputs from ReLU' },
    ],
    default: 'xavier',
  }),
  input: choice({
    label: 'Inputs x',
    help: 'Each is made from z, a normal number with variance 1.',
    options: [
      { value: 'normal', label: 'x = z, normal' },
      { value: 'tanh', label: 'x = tanh(z)' },
      { value: 'relu', label: 'x = ReLU(z)' },
      { value: 'sigmoid', label: 'x = sigmoid(z)' },
      { value: 'uniform', label: 'x uniform in 0 … 1, as pixels' },
      { value: 'shifted', label: 'x = 1 + 0.1 z' },
    ],
    default: 'relu',
  }),
  weightMean: number({
    label: 'Mean of the weights × √n',
    help: 'Xavier and He draw weights with mean 0.',
    min: 0,
    max: 1,
    divisions: 20,
    default: 0,
  }),
  correlation: number({
    label: 'Correlation of the z',
    symbol: 'ρ',
    help: 'Between any two inputs of the unit.',
    min: 0,
    max: 0.9,
    divisions: 18,
    default: 0,
  }),
  dependence: choice({
    label: 'Weights and inputs',
    options: [
      { value: 'none', label: 'Independent' },
      { value: 'correlated', label: 'Correlated, 0.44' },
      { value: 'aligned', label: 'Signs aligned, as after learning' },
    ],
    default: 'none',
  }),
  keepWeights: flag({
    label: 'Keep the weights of a unit',
    help: 'Var(y) is then over the inputs alone, averaged over 40 units.',
    default: false,
  }),
  fanIn: int({ label: 'Inputs of the unit', symbol: 'n', min: 2, max: 2048, default: 256 }),
  draws: int({ label: 'Draws', min: 400, max: 200_000, default: 20_000, advanced: true }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type VarianceValues = Values<typeof params>;
