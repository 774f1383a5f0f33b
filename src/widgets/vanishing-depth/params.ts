import type { SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  depth: parameters.depth({ help: 'Depth of the sigmoid network.' }),
  compare: parameters.beside(
    {
      shallow: 'A shallow sigmoid network',
      tanh: 'Cure: tanh, orthogonal',
      relu: 'Cure: ReLU, He, Adam',
      tanhParts: 'Tanh cure, one change at a time',
      reluParts: 'ReLU cure, one change at a time',
    },
    { help: 'The shallow network differs in depth alone. A cure names all that it changes.' },
  ),
  controlDepth: parameters.depth({
    label: 'Its hidden layers',
    symbol: undefined,
    default: 2,
    when: { parameter: 'compare', is: ['shallow'] },
  }),
  learningRate: parameters.learningRate({
    help: 'For the sigmoid networks; a cure brings its own.',
    advanced: true,
  }),
  ...parameters.usual(),
};

export type DepthSettings = SettingsOf<typeof params>;
