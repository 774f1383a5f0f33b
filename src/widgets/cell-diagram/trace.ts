/** One unit of a recurrent network along one sequence: what it computes, and the gradients on its way back. */
import type { LaneResult } from '../../kit/widget';
import type { DiagramSettings } from './params';

export type CellName = DiagramSettings['cell'];

/** What the engine must report for it. */
export const statistics = [
  'exampleInput',
  'exampleGate',
  'exampleActivation',
  'exampleMemory',
  'exampleOutput',
  'exampleTarget',
  'exampleSignalGradient',
  'exampleHiddenGradient',
  'exampleMemoryGradient',
];

/** Input channels, and classes. */
const CHANNELS = 4;

/** The letters of each cell's gates, as the book writes them; the engine calls the candidate of a GRU n. */
const GATES = {
  lstm: { f: 'f', i: 'i', g: 'g', o: 'o' },
  gruResetBefore: { z: 'z', r: 'r', g: 'n', q: 'q' },
  gruResetAfter: { z: 'z', r: 'r', g: 'n', q: 'q' },
  rnn: {},
} as const satisfies Record<CellName, Record<string, string>>;

export type GateName = 'f' | 'i' | 'g' | 'o' | 'z' | 'r' | 'q';

/** Everything of one unit, a number a time step. */
export interface Trace {
  cell: CellName;
  /** Counted from 1. */
  unit: number;
  length: number;
  /** The step of the training that it was taken at. */
  step: number;
  /** What is read at each time step. */
  input: number[][];
  /** What each gate lets through; of a GRU also q, what its reset gate acts on. */
  gates: Partial<Record<GateName, number[]>>;
  /** ∂L/∂z of each gate, of a plain cell under no name: `signal`. */
  gateGradients: Partial<Record<GateName, number[]>>;
  /** ∂L/∂z of a plain cell. */
  signal: number[];
  h: number[];
  hiddenGradient: number[];
  /** c of an LSTM, h of the others. */
  memory: number[];
  memoryGradient: number[];
  /** The class that was shown, and the one that the network names, counted from 1. */
  shown: number;
  named: number;
  /** The probability that it gives to the class shown. */
  share: number;
}

/** A lane's frames of the statistics; undefined at frames that lack them. */
const frameOf = ({ extra }: LaneResult, at: number) => {
  const of = (name: string): number[] | undefined => extra[name]?.at(at);
  return of('exampleMemory') === undefined ? undefined : of;
};

/** The unit, counted from 1, whose memory has the largest gradient at the first time step. */
function tellingUnit(gradients: readonly number[], hiddenSize: number): number {
  const first = gradients.slice(0, hiddenSize).map(Math.abs);
  return 1 + first.indexOf(Math.max(...first));
}

/**
 * The trace of a unit at a frame (a negative index counts from the end); `unit` 0 is the one that the last frame
 * finds most telling. Null before the first frame.
 */
export function traceOf(
  lane: LaneResult,
  { cell, unit, length }: Pick<DiagramSettings, 'cell' | 'unit' | 'length'>,
  at = -1,
): Trace | null {
  const of = frameOf(lane, at);
  const latest = frameOf(lane, -1);
  if (of === undefined || latest === undefined) return null;
  const hiddenSize = of('exampleMemory')!.length / length;
  const asked = unit || tellingUnit(latest('exampleMemoryGradient')!, hiddenSize);
  const chosen = Math.min(asked, hiddenSize);
  const own = (name: string): number[] =>
    (of(name) ?? []).filter((_, i) => i % hiddenSize === chosen - 1);
  const byGate = (name: string) =>
    Object.fromEntries(
      Object.entries(GATES[cell]).map(([letter, engine]) => [letter, own(`${name}.${engine}`)]),
    );
  const input = of('exampleInput')!;
  const output = of('exampleOutput')!;
  const shown = of('exampleTarget')!.indexOf(1);
  const top = Math.max(...output);
  const sum = output.reduce((total, value) => total + Math.exp(value - top), 0);
  return {
    ...{ cell, unit: chosen, length, step: lane.frameSteps.at(at) ?? 0 },
    input: Array.from({ length }, (_, t) => input.slice(t * CHANNELS, (t + 1) * CHANNELS)),
    gates: byGate('exampleGate'),
    gateGradients: byGate('exampleSignalGradient'),
    signal: own('exampleSignalGradient'),
    h: own('exampleActivation'),
    hiddenGradient: own('exampleHiddenGradient'),
    memory: own('exampleMemory'),
    memoryGradient: own('exampleMemoryGradient'),
    shown: shown + 1,
    named: 1 + output.indexOf(top),
    share: Math.exp(output[shown]! - top) / sum,
  };
}

/** The gate that says how much of the memory is kept. */
export const keeper = ({ gates }: Trace): number[] | undefined => gates.f ?? gates.z;

/** The share of the first time step's memory that the gate alone leaves at the last. */
export const keptToTheEnd = (trace: Trace): number | undefined =>
  keeper(trace)
    ?.slice(1)
    .reduce((product, gate) => product * gate, 1);
