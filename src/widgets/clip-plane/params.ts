import { number, type NumberParameter, type SettingsOf } from '../../kit/parameters';

/** How far an entry of the gradient reaches to both sides. */
export const REACH = 3;

const entry = (label: string, symbol: string, value: number): NumberParameter =>
  number({ label, symbol, min: -REACH, max: REACH, divisions: 120, default: value });

export const params = {
  threshold: number({
    label: 'Threshold',
    symbol: 'C',
    help: 'One threshold for all three; it is above 0.',
    min: 0.05,
    max: 6,
    scale: 'log',
    divisions: 120,
    default: 1,
  }),
  first1: entry('First tensor, across', 'g₁', 2.4),
  first2: entry('First tensor, up', 'g₂', 0.4),
  second1: entry('Second tensor, across', 'g₃', -0.3),
  second2: entry('Second tensor, up', 'g₄', 0.6),
};

export type PlaneSettings = SettingsOf<typeof params>;
