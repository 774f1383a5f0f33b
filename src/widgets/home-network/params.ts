import { parameters } from '../../kit/training';

export const params = {
  gain: parameters.gain({
    label: 'Size of the initial weights',
    ...{ min: 0.2, max: 5, default: 0.3 },
    scale: 'log',
    divisions: 100,
  }),
  depth: parameters.depth({ min: 2, max: 20, advanced: true }),
  steps: parameters.steps({ min: 50, max: 1000 }),
  seed: parameters.seed(),
};
