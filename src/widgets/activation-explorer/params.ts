import type { ActivationName } from '../../engine/types';
import { number, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

/** In the order in which they are offered. */
const offered: readonly ActivationName[] = [
  'sigmoid',
  'tanh',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'geluTanh',
  'silu',
  'softplus',
  'linear',
];

/** What the explorer calls each function. */
export const labels = Object.fromEntries(
  offered.map((name) => [name, parameters.activationLabel(name)]),
) as Record<ActivationName, string>;

/** Ends of the z axis. */
export const Z_RANGE: [number, number] = [-6, 6];

export const params = {
  activation: parameters.oneOf('Activation function', labels, { symbol: 'φ' }),
  z: number({
    label: 'Pre-activation',
    symbol: 'z',
    min: Z_RANGE[0],
    max: Z_RANGE[1],
    divisions: 240,
    default: 4,
  }),
  upstream: number({
    label: 'Upstream gradient',
    symbol: '∂L/∂h',
    help: 'What arrives from the layer above.',
    min: -2,
    max: 2,
    divisions: 80,
    default: 1,
  }),
};

export type ExplorerSettings = SettingsOf<typeof params>;
