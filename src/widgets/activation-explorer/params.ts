import type { ActivationName } from '../../engine/types';
import { choice, number, type Values } from '../../kit/parameters';

export const FUNCTIONS: readonly { value: ActivationName; label: string }[] = [
  { value: 'sigmoid', label: 'Sigmoid' },
  { value: 'tanh', label: 'Tanh' },
  { value: 'relu', label: 'ReLU' },
  { value: 'leakyRelu', label: 'Leaky ReLU' },
  { value: 'elu', label: 'ELU' },
  { value: 'selu', label: 'SELU' },
  { value: 'gelu', label: 'GELU' },
  { value: 'geluTanh', label: 'GELU, tanh form' },
  { value: 'silu', label: 'SiLU (swish)' },
  { value: 'softplus', label: 'Softplus' },
  { value: 'linear', label: 'Linear' },
];

/** Ends of the z axis. */
export const Z_RANGE: [number, number] = [-6, 6];

export const params = {
  activation: choice<ActivationName>({
    label: 'Activation function',
    symbol: 'φ',
    options: FUNCTIONS,
    default: 'sigmoid',
  }),
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

export type ExplorerValues = Values<typeof params>;

export const labelOf = (name: ActivationName): string =>
  FUNCTIONS.find(({ value }) => value === name)!.label;
