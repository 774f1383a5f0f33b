import { int, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  where: parameters.oneOf('Starts', {
    near: 'w from 4.4 to 5.4',
    far: 'w from 6 to 6.6',
  }),
  learningRate: parameters.learningRate({ min: 0.01, max: 0.5, default: 0.2 }),
  starts: int({ label: 'Number of starts', min: 100, max: 2000, default: 1000, advanced: true }),
  steps: parameters.steps({ min: 10, max: 300, default: 300 }),
  seed: parameters.seed(),
};

export type StartsSettings = SettingsOf<typeof params>;
