import type { Setting } from '../section';
import { recurrent, uniform, type Cell, type Unseeded } from '../specifications';

/** A cell of 16 units that recalls one of four classes over `length` time steps. */
const recall = (cell: Cell, length: number): Unseeded => ({
  ...recurrent(cell, 16),
  task: { kind: 'recall', length },
  batchSize: 16,
  steps: 300,
});

/** What PyTorch measured of a cell: how many of ten solved each length, and the ratio of gradients at 30. */
interface Measured {
  name: string;
  cell: Cell;
  ratio: number;
  solved: Record<number, number>;
}

const rnn = { cell: 'rnn' } as const;
const gru = { cell: 'gruResetBefore' } as const;
const lstm = { cell: 'lstm' } as const;

const measured: Measured[] = [
  {
    name: 'RNN, uniform',
    cell: { ...rnn, ...uniform(16) },
    ratio: 4.7e-7,
    solved: { 10: 9, 30: 1, 60: 0, 100: 0 },
  },
  {
    name: 'RNN, Gaussian',
    cell: { ...rnn, recurrentInitializer: { kind: 'leCunNormal' } },
    ratio: 0.24,
    solved: { 10: 10, 30: 8, 60: 7, 100: 0 },
  },
  {
    name: 'RNN, orthogonal',
    cell: rnn,
    ratio: 0.1,
    solved: { 10: 10, 30: 10, 60: 7, 100: 3 },
  },
  {
    name: 'IRNN',
    cell: { ...rnn, activation: 'relu', recurrentInitializer: { kind: 'identity' } },
    ratio: 0.49,
    solved: { 10: 10, 30: 9, 60: 0, 100: 0 },
  },
  { name: 'GRU, b_z 0', cell: gru, ratio: 7.8e-5, solved: { 10: 10, 30: 0, 60: 0 } },
  {
    name: 'GRU, b_z 2',
    cell: { ...gru, updateBias: 2 },
    ratio: 0.081,
    solved: { 10: 10, 30: 10, 60: 7, 100: 0 },
  },
  { name: 'LSTM, b_f 0', cell: lstm, ratio: 6.1e-5, solved: { 10: 10, 30: 0, 60: 0 } },
  {
    name: 'LSTM, b_f 1',
    cell: { ...lstm, forgetBias: 1 },
    ratio: 0.15,
    solved: { 10: 10, 30: 8, 60: 6 },
  },
  {
    name: 'LSTM, b_f 3',
    cell: { ...lstm, forgetBias: 3 },
    ratio: 15,
    solved: { 10: 10, 30: 10, 60: 9, 100: 10 },
  },
];

/** Every cell at every length that PyTorch ran. */
export const recalls: Setting[] = measured.flatMap(({ name, cell, ratio, solved }) =>
  Object.entries(solved).map(([length, ofTen]): Setting => ({
    name: `${name}, recall T${length}`,
    spec: recall(cell, Number(length)),
    compared: [
      { quantity: 'solved', of: 'lowestLoss', below: 0.69, ofTen, unlessRarerThan: 0.01 },
      ...(length === '30'
        ? [
            {
              quantity: `‖∂L/∂${cell.cell === 'lstm' ? 'c' : 'h'}₁‖/‖∂L/∂${cell.cell === 'lstm' ? 'c' : 'h'}₃₀‖ at the start (geometric mean)`,
              of: {
                atStart: cell.cell === 'lstm' ? 'cellGradientNorm' : 'signalGradientNorm',
                layer: 1,
                over: 30,
              } as const,
              geometricMean: ratio,
            },
          ]
        : []),
    ],
  })),
);
