import { number, type SettingsOf } from '../../kit/parameters';

export const params = {
  conditionNumber: number({
    label: 'Condition number',
    symbol: 'κ',
    help: 'The curvature across the valley over that along it.',
    min: 1,
    max: 200,
    default: 50,
    scale: 'log',
  }),
  rate: number({
    label: 'Learning rate, as a share of the critical one',
    symbol: 'r',
    help: 'Above ½ each step crosses the valley, above 1 it lands higher than it began.',
    min: 0.05,
    max: 1.15,
    default: 0.9,
    divisions: 110,
  }),
};

export type ValleySettings = SettingsOf<typeof params>;
