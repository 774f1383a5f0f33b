import type { RecurrentSpec } from './training';

type Cell = RecurrentSpec['cell'];

/** A field of the specification that says how biases start. */
export type BiasField =
  | 'bias'
  | 'forgetBias'
  | 'inputBias'
  | 'outputBias'
  | 'updateBias'
  | 'resetBias'
  | 'candidateBias'
  | 'recurrentCandidateBias';

/** What a cell computes from x_t and h_{t−1} by weights of its own: a gate, or the candidate. */
export interface Gate {
  /** The index of its tensors: Wxf, Whf, bf; '' in the plain RNN, whose tensors have none. */
  symbol: '' | 'i' | 'f' | 'g' | 'o' | 'r' | 'z' | 'n';
  bias: BiasField;
}

const gru: Gate[] = [
  { symbol: 'r', bias: 'resetBias' },
  { symbol: 'z', bias: 'updateBias' },
  { symbol: 'n', bias: 'candidateBias' },
];

/** The gates of each cell, in the order in which their tensors are drawn. */
export const gatesOf: Record<Cell, Gate[]> = {
  rnn: [{ symbol: '', bias: 'bias' }],
  lstm: [
    { symbol: 'i', bias: 'inputBias' },
    { symbol: 'f', bias: 'forgetBias' },
    { symbol: 'g', bias: 'candidateBias' },
    { symbol: 'o', bias: 'outputBias' },
  ],
  gruResetBefore: gru,
  gruResetAfter: gru,
};

/** The function of a gate by its symbol. */
export const gateActivation = (symbol: string): 'sigmoid' | 'tanh' =>
  symbol === 'g' || symbol === 'n' ? 'tanh' : 'sigmoid';

/** The fields that say how a cell's biases start. */
export const biasFieldsOf = (cell: Cell): BiasField[] => [
  ...gatesOf[cell].map(({ bias }) => bias),
  ...(cell === 'gruResetAfter' ? (['recurrentCandidateBias'] as const) : []),
];

/** Every such field, of whatever cell. */
export const biasFields: BiasField[] = [
  ...new Set((Object.keys(gatesOf) as Cell[]).flatMap(biasFieldsOf)),
];
