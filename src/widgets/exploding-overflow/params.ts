import { number, type SettingsOf } from '../../kit/parameters';
import { parameters } from '../../kit/training';

const DEEP = { parameter: 'model', is: ['relu', 'tanh'] } as const;

export const params = {
  model: parameters.oneOf('Model', {
    linear: 'Linear regression',
    relu: 'Deep ReLU network',
    tanh: 'Deep tanh network',
  }),
  rate: number({
    label: 'Learning rate ÷ critical rate',
    symbol: 'ηλ/2',
    ...{ min: 0.1, max: 4, default: 1.05 },
    scale: 'log',
    divisions: 160,
    when: { parameter: 'model', is: ['linear'] },
  }),
  loss: parameters.oneOf(
    'Loss',
    { meanSquaredError: 'mean squared error', softmaxCrossEntropy: 'cross-entropy' },
    { when: DEEP },
  ),
  weightScale: number({
    label: 'Scale of the weights',
    symbol: 'c',
    ...{ min: 0.25, max: 8, default: 1.5 },
    scale: 'log',
    divisions: 100,
    help: 'Multiplies He’s weights for ReLU, Glorot’s for tanh.',
    when: DEEP,
  }),
  learningRate: parameters.learningRate({ max: 10, default: 0.01, divisions: 80, when: DEEP }),
  depth: parameters.depth({ max: 20, when: DEEP }),
  compare: parameters.beside(
    {
      stable: 'a stable twin',
      loss: 'the same, other loss',
      tanh: 'the same, tanh',
      nothing: 'nothing',
    },
    {
      help: 'A stable twin has He’s or Glorot’s own weights; where the chosen ones are no larger, it has a learning rate of 0.1, or of 0.02 where every step sees all digits. The linear model has a stable twin only.',
    },
  ),
  batch: parameters.oneOf(
    'Batch size',
    { '32': '32 digits', all: 'all 1437 digits' },
    { symbol: 'B', advanced: true, when: DEEP },
  ),
  steps: parameters.steps({ max: 3000, default: 500 }),
  seed: parameters.seed({ when: DEEP }),
};

export type OverflowSettings = SettingsOf<typeof params>;

/** Whether the model is a deep network, not linear regression. */
export const isDeep = ({ model }: OverflowSettings): boolean => model !== 'linear';
