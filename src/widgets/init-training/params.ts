import { choice, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';
import { ruleOptions } from './rules';

const rule = { options: ruleOptions, when: { parameter: 'compare', is: ['one'] } };

export const params = {
  activation: parameters.activation(['tanh', 'relu', 'sigmoid']),
  compare: parameters.oneOf('Networks', {
    one: 'Two rules',
    sizes: 'Fixed sizes, from 0 to 1',
    rules: 'Calibrated rules',
    slides: 'Four gains',
  }),
  initializer: choice({ label: 'First rule', default: 'tiny', ...rule }),
  beside: choice({ label: 'Second rule', default: 'orthogonal', ...rule }),
  depth: parameters.depth({ max: 30 }),
  width: parameters.width({ max: 1000 }),
  learningRate: parameters.learningRate({ min: 0.0005, max: 0.5, default: 0.02, advanced: true }),
  batchSize: parameters.batchSize({ max: 256 }),
  steps: parameters.steps({ min: 1 }),
  seed: parameters.seed(),
};

export type InitSettings = SettingsOf<typeof params>;
