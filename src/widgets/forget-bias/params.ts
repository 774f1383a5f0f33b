import { number, type SettingsOf } from '../../kit/parameters';
import { parameters, recurrent } from '../../kit/training';

export const params = {
  bias: number({
    label: 'Bias of the gate that keeps',
    help: 'Of an LSTM b_f, of its forget gate; of a GRU b_z, of its update gate.',
    ...{ min: -2, max: 6, default: 0, divisions: 32 },
  }),
  cell: parameters.oneOf('Cell', { lstm: 'LSTM', gru: 'GRU' }),
  length: recurrent.timeSteps(),
  gain: recurrent.recurrentGain({ advanced: true }),
  learningRate: parameters.learningRate({ max: 0.1, default: 0.01, advanced: true }),
  hiddenSize: recurrent.hiddenSize(),
  batchSize: parameters.batchSize({ default: 16 }),
  steps: parameters.steps({ min: 0, default: 100 }),
  seed: parameters.seed({
    help: 'The four networks draw their weights from four seeds, of which each number has its own.',
  }),
};

export type ForgetSettings = SettingsOf<typeof params>;
