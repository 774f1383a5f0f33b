import { choice, flag, int, type Values } from '../../kit/parameters';

export const params = {
  maxDepth: int({
    label: 'Hidden layers, at most',
    symbol: 'L',
    min: 10,
    max: 600,
    default: 80,
    help: 'At most 110 networks are computed; beyond, their depths are evenly spaced.',
  }),
  activation: choice({
    label: 'Activation φ',
    options: [
      { value: 'sigmoid', label: 'sigmoid' },
      { value: 'tanh', label: 'tanh' },
    ],
    default: 'sigmoid',
  }),
  lossScale: int({
    label: 'Loss scale, a power of two',
    symbol: 'log₂ S',
    min: 0,
    max: 24,
    default: 0,
    help: 'The gradients are computed from S times the loss and divided by S afterwards, in float64.',
  }),
  flush: flag({
    label: 'Flush subnormals to zero',
    default: false,
    help: 'As many graphics processors do.',
  }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type FloorValues = Values<typeof params>;
