import { int, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

/** Where a choice has a say: beside these comparisons. */
const among = (...is: readonly string[]) => ({ parameter: 'compare', is });

export const params = {
  learningRate: parameters.learningRate({ default: 0.05, min: 1e-4, divisions: 80 }),
  compare: parameters.oneOf('Beside a constant rate', {
    warmUp: 'Warm-up',
    lengths: 'Three lengths of warm-up',
    decays: 'Two ways to decay',
    both: 'Warm-up, and a decay after it',
  }),
  warmUp: int({
    label: 'Steps of warm-up',
    ...{ min: 1, max: 100, default: 10 },
    when: among('warmUp', 'lengths', 'both'),
  }),
  depth: parameters.depth({ min: 1, max: 20, default: 10 }),
  gain: parameters.gain({
    label: 'Scale of the weights',
    symbol: undefined,
    help: 'Multiplies He’s weights.',
    ...{ min: 0.5, max: 2, default: 1.5 },
    scale: 'log',
    divisions: 40,
  }),
  optimizer: parameters.optimizer(['sgd', 'momentum', 'adam'], { advanced: true }),
  ...parameters.usual(),
};

export type WarmUpSettings = SettingsOf<typeof params>;
