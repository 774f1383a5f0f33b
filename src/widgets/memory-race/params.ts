import type { SettingsOf } from '../../kit/parameters';
import { parameters, recurrent } from '../../kit/training';

export const params = {
  length: recurrent.timeSteps({ label: 'Time steps to remember' }),
  ...recurrent.cells({
    ...{ first: 'rnnUniform', second: 'lstm0', third: 'rnnOrthogonal', fourth: 'lstm3' },
  }),
  truncation: recurrent.truncation(),
  learningRate: parameters.learningRate({ max: 0.1, default: 0.01, advanced: true }),
  hiddenSize: recurrent.hiddenSize(),
  batchSize: parameters.batchSize({ default: 16 }),
  steps: parameters.steps({ default: 100 }),
  seed: parameters.seed(),
};

export type RaceSettings = SettingsOf<typeof params>;
