import type { SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  activation: parameters.activation(['tanh', 'relu']),
  gain: parameters.gain({
    help: 'Standard deviation of a weight times √4096: a gain of 0.64 is a standard deviation of 0.01.',
    ...{ min: 0.1, max: 10, default: 0.64 },
    scale: 'log',
    divisions: 200,
  }),
  mode: parameters.oneOf(
    'Weights',
    { real: 'Real weights', law: 'Exact in law' },
    {
      help: 'Real: all 100 million are drawn, each twice. In law: numbers with exactly the same distribution, drawn without the weights.',
    },
  ),
  seed: parameters.seed(),
};

export type SignalSettings = SettingsOf<typeof params>;
