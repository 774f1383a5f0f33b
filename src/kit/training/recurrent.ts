/** What the widgets on recurrent networks share: the cells by name, and how one makes a run. */
import type { InitializerSpec, RecurrentSpec, TaskSpec, TrainingSpec } from '../../engine/types';
import { int, number, type IntParameter, type NumberParameter } from '../parameters';
import type { Lane, LaneRole } from '../widget';
import { oneOf } from './parameters';
import type { Pace } from './specs';

export type TaskLength = Extract<TaskSpec, { length: number }>;
/** A run of a recurrent network. */
export type RecurrentTrainingSpec = TrainingSpec & { network: RecurrentSpec };

interface Cell {
  label: string;
  cell: RecurrentSpec['cell'];
  /** How the recurrent weights start, with a factor on their size; default orthogonal. */
  recurrent?: (gain: number, hiddenSize: number) => InitializerSpec;
  /** Whether the input weights start as the recurrent ones do; default Glorot's rule, uniform. */
  alike?: boolean;
  more?: Partial<RecurrentSpec>;
}

const LSTM = { cell: 'lstm' } as const;
const GRU = { cell: 'gruResetBefore' } as const;
const RNN = { cell: 'rnn' } as const;

/** A cell and how it starts. `uniform` is U(±1/√n) for input and recurrent weights, PyTorch's default. */
const CELLS = {
  rnnUniform: {
    ...{ label: 'RNN, uniform', ...RNN, alike: true },
    recurrent: (gain, hiddenSize) => ({ kind: 'uniform', limit: gain / Math.sqrt(hiddenSize) }),
  },
  rnnGaussian: {
    ...{ label: 'RNN, Gaussian', ...RNN },
    recurrent: (gain) => ({ kind: 'leCunNormal', gain }),
  },
  rnnOrthogonal: { label: 'RNN, orthogonal', ...RNN },
  irnn: {
    ...{ label: 'IRNN', ...RNN, more: { activation: 'relu' } },
    recurrent: (gain) => ({ kind: 'identity', gain }),
  },
  gru0: { label: 'GRU, update bias 0', ...GRU },
  gru2: { label: 'GRU, update bias 2', ...GRU, more: { updateBias: 2 } },
  lstm0: { label: 'LSTM, forget bias 0', ...LSTM },
  lstm1: { label: 'LSTM, forget bias 1', ...LSTM, more: { forgetBias: 1 } },
  lstm3: { label: 'LSTM, forget bias 3', ...LSTM, more: { forgetBias: 3 } },
} as const satisfies Record<string, Cell>;

export type CellName = keyof typeof CELLS;

const orthogonal = (gain: number): InitializerSpec => ({ kind: 'orthogonal', gain });

/** How a run of a cell is set, beside the cell itself. */
export interface RecurrentSetting {
  hiddenSize: number;
  learningRate: number;
  /** Factor on the recurrent weights as drawn; default 1. */
  gain?: number;
  /** After how many time steps backpropagation is truncated; 0 (the default): not at all. */
  truncation?: number;
}

/** A cell on a task, read out at the last time step, with Adam and the gradient's global norm clipped at 1. */
export function recurrentSpec(
  name: CellName,
  task: TaskSpec,
  { hiddenSize, learningRate, gain = 1, truncation = 0 }: RecurrentSetting,
  { batchSize, steps, seed }: Pace,
): RecurrentTrainingSpec {
  const { cell, recurrent = orthogonal, alike = false, more = {} }: Cell = CELLS[name];
  const glorot = { kind: 'glorotUniform' } as const;
  return {
    network: {
      ...{ kind: 'recurrent', cell, hiddenSize },
      // A factor on the recurrent weights leaves those of the input as they are.
      initializer: alike ? recurrent(1, hiddenSize) : glorot,
      recurrentInitializer: recurrent(gain, hiddenSize),
      outputInitializer: glorot,
      readout: 'last',
      ...(truncation > 0 && { truncation }),
      ...more,
    },
    task,
    optimizer: { kind: 'adam', learningRate },
    clip: { kind: 'globalNorm', maxNorm: 1, epsilon: 1e-6 },
    ...{ batchSize, steps, seed },
  };
}

type Choice = CellName | 'none';

/** The cells that are chosen to run side by side. */
export interface ChosenCells {
  first: CellName;
  second: Choice;
  third: Choice;
  fourth: Choice;
}

const labels = Object.fromEntries(
  Object.entries(CELLS).map(([name, { label }]) => [name, label]),
) as Record<CellName, string>;

/** Four choices of a cell, of which the last three may be none. */
export function cells(chosen: ChosenCells) {
  const orNone = { ...labels, none: 'None' };
  const more = (label: string, chosen: Choice) => oneOf(label, orNone, { default: chosen });
  return {
    first: oneOf('First cell', labels, { default: chosen.first }),
    second: more('Second', chosen.second),
    third: more('Third', chosen.third),
    fourth: more('Fourth', chosen.fourth),
  };
}

/** One colour a place, so that no two lanes look alike. */
const ROLES: LaneRole[] = ['problem', 'control', 'neutral', 'cure'];

/** A lane for each chosen cell, named like it; one that is chosen twice runs once. */
export function lanesOfCells(
  { first, second, third, fourth }: ChosenCells,
  specOf: (name: CellName) => TrainingSpec,
): Lane[] {
  const names = [first, second, third, fourth].filter((name) => name !== 'none');
  return [...new Set(names)].map((name, i) => ({
    ...{ name, label: labels[name], role: ROLES[i]!, spec: specOf(name) },
  }));
}

/** Time steps of a sequence. */
export const timeSteps = (own: Partial<IntParameter> = {}) =>
  int({ label: 'Time steps', symbol: 'T', min: 2, max: 100, default: 30, ...own });

/** After how many time steps backpropagation stops. */
export const truncation = (own: Partial<IntParameter> = {}) =>
  int({
    label: 'Truncate after',
    help: 'So many time steps back from the end the gradient is cut off. 0: not at all.',
    ...{ min: 0, max: 100, default: 0 },
    ...own,
  });

/** A factor on the recurrent weights. */
export const recurrentGain = (own: Partial<NumberParameter> = {}) =>
  number({
    label: 'Factor on the recurrent weights',
    help: '1 leaves them as the start draws them.',
    ...{ min: 0.5, max: 4, default: 1, scale: 'log', divisions: 60 },
    ...own,
  });

/** Units of the state. */
export const hiddenSize = (own: Partial<IntParameter> = {}) =>
  int({ label: 'Units', symbol: 'n', min: 4, max: 32, default: 16, advanced: true, ...own });
