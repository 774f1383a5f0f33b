import type { ResolvedSpec } from '../spec/resolved';
import { inputShape } from '../spec/shapes';
import type { TaskShape } from '../spec/tasks';
import type { TensorInfo } from '../spec/tensors';
import type { Network, Watched } from './network';

/** What a step can report of itself beside loss and correct answers, in the order of the statistics. */
export const statisticKinds = [
  'preActivation',
  'gate',
  'activation',
  'cell',
  'output',
  'signalGradient',
  'gateGradient',
  'hiddenGradient',
  'cellGradient',
  'timeStepGradient',
  'gradient',
  'clippedGradient',
  'parameter',
  'updated',
  'state',
  'exampleInput',
  'examplePreActivation',
  'exampleGate',
  'exampleReset',
  'exampleActivation',
  'exampleCell',
  'exampleOutput',
  'exampleTarget',
  'exampleSignalGradient',
  'exampleGateGradient',
  'exampleResetGradient',
  'exampleHiddenGradient',
  'exampleCellGradient',
] as const;

/** Kinds that come of a pass of some examples beside the batch, with the same parameters. */
const exampleKinds: ReadonlySet<StatisticKind> = new Set(
  statisticKinds.filter((kind) => kind.startsWith('example')),
);

/** Whether tensors of this kind come of the examples' own pass: training does not depend on them. */
export const isOfExample = (kind: StatisticKind): boolean => exampleKinds.has(kind);

export type StatisticKind = (typeof statisticKinds)[number];

/** Where one tensor lies in the flat statistics. */
export interface StatisticSlot {
  kind: StatisticKind;
  /** z3, h3, W3 … */
  name: string;
  layer: number | null;
  /** The gate of an LSTM or a GRU that it belongs to. */
  gate?: string;
  shape: number[];
  offset: number;
  size: number;
}

/** How many scalars precede the slots. */
export const scalarCount = 3;

/** Names, layers and sizes of everything that a step can report. */
export function slotsOf(
  network: Network,
  state: readonly TensorInfo[],
  { batchSize, examples }: Pick<ResolvedSpec, 'batchSize' | 'examples'>,
  shape: TaskShape,
  outputShape: number[],
  collect: readonly StatisticKind[],
): StatisticSlot[] {
  const watched = (
    list: Watched[],
    rows = batchSize,
  ): Omit<StatisticSlot, 'kind' | 'offset' | 'size'>[] =>
    list.map(({ width, ...names }) => ({ ...names, shape: [rows, width] }));
  const named = ({ name, layer, shape }: TensorInfo) => ({ name, layer, shape });
  const parameters = network.parameters.map(named);
  const { preActivations, gates, resets, activations, cells, weights } = network.watched;
  const ofExamples = (list: Watched[]) => watched(list, examples.length);
  const entries: Record<StatisticKind, Omit<StatisticSlot, 'kind' | 'offset' | 'size'>[]> = {
    preActivation: watched(preActivations),
    gate: watched(gates),
    activation: watched(activations),
    cell: watched(cells),
    output: [{ name: 'output', layer: null, shape: outputShape }],
    signalGradient: watched(preActivations),
    gateGradient: watched(gates),
    hiddenGradient: watched(activations),
    cellGradient: watched(cells),
    timeStepGradient: weights,
    gradient: parameters,
    clippedGradient: parameters,
    parameter: parameters,
    updated: parameters,
    state: state.map(named),
    exampleInput: [{ name: 'x', layer: null, shape: inputShape(shape, examples.length) }],
    examplePreActivation: ofExamples(preActivations),
    exampleGate: ofExamples(gates),
    exampleReset: ofExamples(resets),
    exampleActivation: ofExamples(activations),
    exampleCell: ofExamples(cells),
    exampleOutput: [{ name: 'output', layer: null, shape: [examples.length, shape.outputSize] }],
    exampleTarget: [{ name: 'y', layer: null, shape: [examples.length, shape.outputSize] }],
    exampleSignalGradient: ofExamples(preActivations),
    exampleGateGradient: ofExamples(gates),
    exampleResetGradient: ofExamples(resets),
    exampleHiddenGradient: ofExamples(activations),
    exampleCellGradient: ofExamples(cells),
  };
  let offset = scalarCount;
  return statisticKinds
    .filter((kind) => collect.includes(kind))
    .flatMap((kind) =>
      entries[kind].map((entry) => {
        const size = entry.shape.reduce((product, n) => product * n, 1);
        const slot = { ...entry, kind, offset, size };
        offset += size;
        return slot;
      }),
    );
}
