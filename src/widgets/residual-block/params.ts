import { int, number, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

/** Ends of the x axis. */
export const X_RANGE: [number, number] = [-3, 3];

const WEIGHT = { min: -3, max: 3, divisions: 60 };

export const params = {
  form: parameters.oneOf(
    'The block',
    {
      sum: 'Sum alone: x + F(x)',
      postActivation: 'Post-activation: φ(x + F(x))',
      preActivation: 'Pre-activation: φ stands inside F',
    },
    { help: 'The plain block beside it is the same without x.' },
  ),
  activation: parameters.activation(['tanh', 'relu', 'sigmoid', 'gelu']),
  x: number({
    label: 'Input',
    symbol: 'x',
    min: X_RANGE[0],
    max: X_RANGE[1],
    divisions: 120,
    default: 1,
  }),
  w1: number({ ...WEIGHT, label: 'First weight', symbol: 'w₁', default: 1 }),
  w2: number({ ...WEIGHT, label: 'Second weight', symbol: 'w₂', default: 0.5 }),
  b: number({ ...WEIGHT, label: 'Bias', symbol: 'b', default: 0 }),
  blocks: int({ label: 'Equal blocks in the chain', symbol: 'L_b', min: 1, max: 60, default: 20 }),
};

export type BlockSettings = SettingsOf<typeof params>;
