import { choice, number } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  gain: number({
    label: 'Size of the weights it starts with',
    ...{ min: 0.1, max: 5, default: 0.2 },
    scale: 'log',
    divisions: 100,
  }),
  depth: parameters.depth({ min: 2, max: 20, advanced: true }),
  digit: choice({
    label: 'Digit shown',
    options: Array.from({ length: 10 }, (_, digit) => ({ value: `${digit}`, label: `${digit}` })),
    default: '3',
    advanced: true,
  }),
  steps: parameters.steps({ min: 50, max: 1000 }),
  seed: parameters.seed(),
};
