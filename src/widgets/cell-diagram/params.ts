import { int, number, type SettingsOf } from '../../kit/parameters';
import { parameters, recurrent } from '../../kit/training';

/** The longest sequence that is drawn, and the most units of a network. */
const LONGEST = 24;
const WIDEST = 16;

export const params = {
  cell: parameters.oneOf('Cell', {
    lstm: 'LSTM',
    gruResetBefore: 'GRU, reset before the product',
    gruResetAfter: 'GRU, reset after the product',
    rnn: 'Plain',
  }),
  direction: parameters.oneOf('Read it', {
    forwards: 'forwards: values',
    backwards: 'backwards: gradients',
  }),
  timeStep: int({
    label: 'Time step',
    symbol: 'τ',
    ...{ min: 1, max: LONGEST, default: 1 },
  }),
  sequence: int({
    label: 'Sequence',
    help: 'Of those that the network is judged on; it is not trained on them.',
    ...{ min: 1, max: 16, default: 1 },
  }),
  unit: int({
    label: 'Unit',
    help: '0: the one whose memory at the end matters most to the answer.',
    ...{ min: 0, max: WIDEST, default: 0 },
  }),
  length: recurrent.timeSteps({ max: LONGEST, default: 10, advanced: true }),
  bias: number({
    label: 'Bias of the gate that keeps',
    help: 'Of an LSTM b_f, of a GRU b_z.',
    ...{ min: -2, max: 6, default: 1, divisions: 32 },
    when: { parameter: 'cell', is: ['lstm', 'gruResetBefore', 'gruResetAfter'] },
    advanced: true,
  }),
  hiddenSize: recurrent.hiddenSize({ max: WIDEST, default: 8 }),
  learningRate: parameters.learningRate({ max: 0.1, default: 0.01, advanced: true }),
  batchSize: parameters.batchSize({ default: 32 }),
  steps: parameters.steps({ min: 0, max: 1000, default: 400 }),
  seed: parameters.seed(),
};

export type DiagramSettings = SettingsOf<typeof params>;

/**
 * Another direction begins at the end from which it is read. No time step lies beyond the sequence, and no unit beyond
 * the network.
 */
export function carry(before: DiagramSettings, after: DiagramSettings): DiagramSettings {
  const turned = before.direction !== after.direction;
  const begin = after.direction === 'backwards' ? after.length : 1;
  return {
    ...after,
    timeStep: Math.min(turned ? begin : after.timeStep, after.length),
    unit: Math.min(after.unit, after.hiddenSize),
  };
}
