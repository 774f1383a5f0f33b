import { number, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  depth: parameters.depth(),
  field: parameters.oneOf('Who runs', { few: 'Sigmoid, ReLU, tanh', all: 'All functions' }),
  optimizer: parameters.optimizer(['momentum', 'adam']),
  weights: parameters.oneOf(
    'Weights',
    { normal: 'Normal', orthogonal: 'Orthogonal' },
    { help: 'How the matrices are drawn; the gain of each function is the same.' },
  ),
  rateFactor: number({
    label: 'Factor on every learning rate',
    help: '1 is the best of a small grid for each function, found on other seeds.',
    ...{ min: 0.1, max: 10, default: 1 },
    scale: 'log',
    divisions: 40,
    advanced: true,
  }),
  ...parameters.usual({ steps: { default: 150 } }),
};

export type RaceSettings = SettingsOf<typeof params>;
