import { int, number, type SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

/** Ends of the line on which the numbers lie. */
export const RANGE: [number, number] = [-6, 6];

/** So many numbers, from the first on, can be moved by the reader. */
export const MOVABLE = 8;

/** How far a number that was drawn is moved; names the parameter of the second, the third … of the numbers. */
export const MOVES = ['second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'] as const;
export type Move = (typeof MOVES)[number];

const batch = { parameter: 'norm', is: ['batch'] };

const moved = (name: Move, index: number) =>
  number({
    label: `The ${name}, moved by`,
    ...{ min: -12, max: 12, divisions: 240, default: 0 },
    advanced: true,
    // Smaller batches have no such number.
    when: {
      parameter: 'count',
      is: Array.from({ length: 64 - index - 1 }, (_, i) => index + 2 + i),
    },
  });

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
    help: 'The others are drawn around 1; on their line you can move the first eight.',
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
  second: moved('second', 0),
  third: moved('third', 1),
  fourth: moved('fourth', 2),
  fifth: moved('fifth', 3),
  sixth: moved('sixth', 4),
  seventh: moved('seventh', 5),
  eighth: moved('eighth', 6),
  seed: parameters.seed({ label: 'Seed of the other numbers' }),
};

export type UnitSettings = SettingsOf<typeof params>;
