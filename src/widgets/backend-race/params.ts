import { choice, int, number, type Values } from '../../kit/parameters';

export const params = {
  network: choice({
    label: 'Network',
    options: [
      { value: 'ten', label: '10 hidden layers of 32 units' },
      { value: 'thirty', label: '30 hidden layers of 32 units' },
    ],
    default: 'ten',
  }),
  learningRate: number({
    label: 'Learning rate',
    symbol: 'η',
    min: 0.001,
    max: 10,
    scale: 'log',
    divisions: 40,
    default: 0.01,
  }),
  steps: int({
    label: 'Steps',
    help: 'On each backend. They are made in ten rounds, in which the backends take turns.',
    min: 20,
    max: 500,
    default: 100,
  }),
  seed: int({ label: 'Seed', min: 0, max: 9999, default: 1, advanced: true }),
};

export type RaceValues = Values<typeof params>;
