import type { SettingsOf } from '../../kit/parameters';
import * as parameters from '../../kit/training/parameters';

const only = (...is: readonly string[]) => ({ parameter: 'columns', is });

export const params = {
  columns: parameters.oneOf('From left to right', {
    batch: 'the batch size',
    rate: 'the learning rate',
  }),
  loss: parameters.loss({ default: 'meanSquaredError' }),
  weightScale: parameters.weightScale({ help: 'Multiplies He’s weights.' }),
  learningRate: parameters.learningRate({ min: 0.0001, when: only('batch') }),
  scaling: parameters.oneOf(
    'The rate of other batches',
    {
      fixed: 'the same',
      root: 'with the root of the batch size',
      linear: 'in proportion to the batch size',
    },
    { help: 'Batches of 27 have the rate that is set.', when: only('batch') },
  ),
  batchSize: parameters.batchSize({ min: 1, default: 27, advanced: false, when: only('rate') }),
  width: parameters.width(),
  steps: parameters.steps({ max: 1000, default: 100 }),
  repeats: parameters.repeats({
    ...{ label: 'Seeds a cell', help: 'So many networks are trained in each cell.', default: 5 },
  }),
  seed: parameters.seed({ label: 'First seed' }),
};

export type GridSettings = SettingsOf<typeof params>;
