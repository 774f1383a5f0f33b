import type { SettingsOf } from '../../kit/parameters';
import { parameters, recurrent } from '../../kit/training';

export const params = {
  length: recurrent.timeSteps(),
  ...recurrent.cells({
    ...{ first: 'rnnUniform', second: 'rnnGaussian', third: 'irnn', fourth: 'rnnOrthogonal' },
  }),
  gain: recurrent.recurrentGain(),
  truncation: recurrent.truncation(),
  steps: parameters.steps({
    ...{ min: 0, max: 1000, default: 100 },
    help: '0 looks at the networks as drawn.',
    advanced: false,
  }),
  learningRate: parameters.learningRate({ max: 0.1, default: 0.01, advanced: true }),
  hiddenSize: recurrent.hiddenSize(),
  batchSize: parameters.batchSize({ default: 16 }),
  seed: parameters.seed(),
};

export type TimeSettings = SettingsOf<typeof params>;
