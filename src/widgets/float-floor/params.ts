import { flag, int, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

export const params = {
  maxDepth: parameters.depth({
    label: 'Hidden layers, at most',
    ...{ min: 10, max: 600, default: 80 },
    help: 'At most 110 networks are computed; beyond, their depths are evenly spaced.',
  }),
  activation: parameters.activation(['sigmoid', 'tanh']),
  lossScale: int({
    label: 'Loss scale, a power of two',
    symbol: 'log₂ S',
    ...{ min: 0, max: 24, default: 0 },
    help: 'The gradients are computed from S times the loss and divided by S afterwards, in float64.',
  }),
  flush: flag({
    label: 'Flush subnormals to zero',
    default: false,
    help: 'As many graphics processors do.',
  }),
  seed: parameters.seed(),
};

export type FloorSettings = SettingsOf<typeof params>;
