import { number, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

export const params = {
  activation: parameters.activation(['relu', 'tanh', 'sigmoid'], {
    help: 'ReLU starts by He’s rule, the others by LeCun’s.',
  }),
  learningRate: parameters.learningRate({ default: 0.2 }),
  shift: number({
    label: 'Largest shift',
    help: 'Each unit’s shift is drawn from both sides of 0, anew at each step.',
    ...{ min: 0, max: 2, default: 0.75 },
  }),
  scale: number({
    label: 'Largest scale',
    help: 'Each unit’s scale is drawn from 1 upwards, anew at each step.',
    ...{ min: 1, max: 3, divisions: 80, default: 1.25 },
  }),
  depth: parameters.depth({ max: 30, advanced: true }),
  width: parameters.width(),
  batchSize: parameters.batchSize({ default: 64 }),
  steps: parameters.steps({ min: 20, max: 400, default: 200 }),
  seed: parameters.seed(),
};

export type NoiseSettings = SettingsOf<typeof params>;
