/** Which of a step's tensors a statistic is measured on, in each kind of network. */
import type { StatisticKind } from '../step/slots';
import type { Network } from './statistic';

/** A kind of tensors, the same in every network or not; null where a network has none. */
export type Source = StatisticKind | ((network: Network) => StatisticKind | null);

export const kindIn = (source: Source, network: Network): StatisticKind | null =>
  typeof source === 'string' ? source : source(network);

const hasGates = (network: Network): boolean =>
  network.kind === 'recurrent' && network.cell !== 'rnn';

export const onlyLstm =
  (kind: StatisticKind) =>
  (network: Network): StatisticKind | null =>
    network.kind === 'recurrent' && network.cell === 'lstm' ? kind : null;

/** The state that carries a recurrent network's memory: c of an LSTM, h of the other cells. */
export const memoryGradient = (network: Network): StatisticKind | null =>
  network.kind !== 'recurrent' ? null : network.cell === 'lstm' ? 'cellGradient' : 'hiddenGradient';

/** z of a layer or of a time step, and of each gate of an LSTM or a GRU. */
export const preActivation = (network: Network): StatisticKind =>
  hasGates(network) ? 'gate' : 'preActivation';
export const preActivationGradient = (network: Network): StatisticKind =>
  hasGates(network) ? 'gateGradient' : 'signalGradient';
/** The signal that a frame reports: ∂L/∂z of a layer, or ∂L/∂h of a time step. */
export const signalGradient = (network: Network): StatisticKind =>
  network.kind === 'recurrent' ? 'hiddenGradient' : 'signalGradient';

/** The parameters, where they are the same at every time step. */
export const recurrentParameter = (network: Network): StatisticKind | null =>
  network.kind === 'recurrent' ? 'parameter' : null;

/** What some examples leave in a network: one kind of tensors or several; null where a network has none. */
export type ExampleSource = (network: Network) => StatisticKind[] | null;

const hasReset = (network: Network): boolean =>
  network.kind === 'recurrent' && network.cell.startsWith('gru');

/** z of a layer or of a time step, of each gate of an LSTM or a GRU, and what a GRU's reset gate acts on. */
export const examplePreActivation: ExampleSource = (network) => [
  hasGates(network) ? 'exampleGate' : 'examplePreActivation',
  ...(hasReset(network) ? (['exampleReset'] as const) : []),
];
export const exampleSignalGradient: ExampleSource = (network) => [
  hasGates(network) ? 'exampleGateGradient' : 'exampleSignalGradient',
  ...(hasReset(network) ? (['exampleResetGradient'] as const) : []),
];
export const exampleGate: ExampleSource = (network) =>
  network.kind === 'recurrent' ? examplePreActivation(network) : null;

/** The state that carries a recurrent network's memory, and its gradient. */
export const exampleMemory: ExampleSource = (network) =>
  ofMemory(network, 'exampleCell', 'exampleActivation');
export const exampleMemoryGradient: ExampleSource = (network) =>
  ofMemory(network, 'exampleCellGradient', 'exampleHiddenGradient');

const ofMemory = (
  network: Network,
  cell: StatisticKind,
  hidden: StatisticKind,
): StatisticKind[] | null =>
  network.kind !== 'recurrent' ? null : [network.cell === 'lstm' ? cell : hidden];
