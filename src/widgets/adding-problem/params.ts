import type { SettingsOf } from '../../kit/parameters';
import { parameters, recurrent } from '../../kit/training';

export const params = {
  length: recurrent.timeSteps({ default: 20, help: 'Numbers in each sequence; two are marked.' }),
  ...recurrent.cells({
    ...{ first: 'rnnUniform', second: 'rnnOrthogonal', third: 'gru0', fourth: 'lstm1' },
  }),
  learningRate: parameters.learningRate({ max: 0.1, default: 0.01, advanced: true }),
  hiddenSize: recurrent.hiddenSize(),
  batchSize: parameters.batchSize({ default: 32 }),
  steps: parameters.steps({ default: 500 }),
  seed: parameters.seed(),
};

export type AddingSettings = SettingsOf<typeof params>;
