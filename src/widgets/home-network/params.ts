import { int, number, type Values } from '../../kit/parameters';

export const params = {
  gain: number({
    label: 'Size of the initial weights',
    symbol: 'σ_w',
    min: 0.2,
    max: 5,
    default: 0.3,
    scale: 'log',
    divisions: 100,
  }),
  depth: int({ label: 'Hidden layers', symbol: 'L', min: 2, max: 20, default: 10, advanced: true }),
  steps: int({ label: 'Steps', min: 50, max: 1000, default: 300, advanced: true }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type HomeValues = Values<typeof params>;
