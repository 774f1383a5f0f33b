import type { SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  network: parameters.oneOf('Network', {
    three: '3 hidden layers of 32 tanh units',
    thirty: '30 hidden layers of 32 tanh units',
    normalized: '3 such layers with batch normalization',
    lstm: 'LSTM, 32 units, 20 time steps',
  }),
  optimizer: parameters.oneOf('Optimizer', { sgd: 'SGD', momentum: 'momentum', adam: 'Adam' }),
};

export type ProgramSettings = SettingsOf<typeof params>;
