import { int, type SettingsOf } from '../../kit/parameters';
import { parameters, recurrent } from '../../kit/training';

export const params = {
  order: parameters.oneOf('The image comes', { row: 'row by row', pixel: 'pixel by pixel' }),
  delay: int({
    label: 'Empty time steps after it',
    help: 'After the image so many time steps of zeros follow, and then the digit is asked for.',
    ...{ symbol: 'D', min: 0, max: 60, default: 20 },
  }),
  ...recurrent.cells({
    ...{ first: 'rnnUniform', second: 'lstm0', third: 'rnnOrthogonal', fourth: 'gru2' },
  }),
  learningRate: parameters.learningRate({ max: 0.1, default: 0.01, advanced: true }),
  hiddenSize: recurrent.hiddenSize({ default: 24 }),
  batchSize: parameters.batchSize({ default: 32 }),
  steps: parameters.steps({ default: 300 }),
  seed: parameters.seed(),
};

export type DelayedSettings = SettingsOf<typeof params>;
