import { number, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

/** Where a choice has a say: beside these comparisons. */
const among = (...is: readonly string[]) => ({ parameter: 'compare', is });

export const params = {
  depth: parameters.depth({ min: 1, max: 30, default: 5 }),
  compare: parameters.oneOf('Trained by', {
    optimizers: 'Four optimizers',
    larger: 'Adam with a larger and larger ε',
    smaller: 'Adam with a smaller and smaller ε',
    starts: 'Adam, from two starts',
  }),
  adaptiveRate: parameters.learningRate({
    label: 'Learning rate of Adam',
    help: 'Also of RMSProp.',
    ...{ min: 1e-4, max: 0.1, default: 0.01 },
  }),
  learningRate: parameters.learningRate({
    label: 'Learning rate of momentum',
    symbol: undefined,
    help: 'SGD has ten times as much, since momentum adds up ten steps.',
    ...{ min: 1e-3, max: 1, default: 0.1 },
    when: among('optimizers'),
  }),
  epsilon: number({
    label: 'Small number of Adam and RMSProp',
    symbol: 'ε',
    ...{ min: 1e-20, max: 1, default: 1e-8 },
    scale: 'log',
    divisions: 20,
    when: among('optimizers', 'starts'),
  }),
  ...parameters.usual(),
};

export type RescueSettings = SettingsOf<typeof params>;
