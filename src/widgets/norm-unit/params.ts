import { int, number, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

/** Ends of the line on which the numbers lie. */
export const RANGE: [number, number] = [-6, 6];

const batch = { parameter: 'norm', is: ['batch'] };

export const params = {
  norm: parameters.oneOf('The numbers are', {
    batch: 'one unit’s over a batch: batch norm',
    layer: 'one example’s over a layer: layer norm',
    rms: 'one example’s over a layer: RMS norm',
  }),
  count: int({ label: 'How many', min: 1, max: 64, default: 8 }),
  first: number({
    label: 'The first of them',
    symbol: 'z₁',
    help: 'The one that you move; the others are drawn around 1.',
    ...{ min: RANGE[0], max: RANGE[1], divisions: 120, default: 3.5 },
  }),
  gamma: number({ label: 'Scale', symbol: 'γ', min: -2, max: 2, divisions: 40, default: 1 }),
  beta: number({ label: 'Shift', symbol: 'β', min: -2, max: 2, divisions: 40, default: 0 }),
  arriving: parameters.oneOf('Gradient that arrives', {
    drawn: 'drawn at random',
    alone: 'at the first number alone',
    same: 'the same at each number',
    along: 'in proportion to the numbers',
  }),
  newest: number({
    label: 'Weight of the newest batch',
    help: 'In the running statistics: PyTorch’s momentum, 1 less Keras’.',
    ...{ min: 0.01, max: 1, divisions: 99, default: 0.1 },
    advanced: true,
    when: batch,
  }),
  seed: parameters.seed({ label: 'Seed of the other numbers' }),
};

export type UnitSettings = SettingsOf<typeof params>;
