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

/** Input channels: a number, and whether it is marked. */
const CHANNELS = 2;

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
  /** The number that is read at each time step, and whether it is marked. */
  input: { number: number; marked: boolean }[];
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
  /** The sum of the marked numbers, and what the network says. */
  sum: number;
  said: number;
}

/** A lane's frames of the statistics; undefined at frames that lack them. */
const frameOf = ({ extra }: LaneResult, at: number) => {
  const of = (name: string): number[] | undefined => extra[name]?.at(at);
  return of('exampleMemory') === undefined ? undefined : of;
};

/** The unit, counted from 1, whose memory at the end has the largest product with its gradient. */
function tellingUnit(
  memory: readonly number[],
  gradients: readonly number[],
  hiddenSize: number,
): number {
  const last = memory.length - hiddenSize;
  const sizes = memory.slice(last).map((c, u) => Math.abs(c * gradients[last + u]!));
  return 1 + sizes.indexOf(Math.max(...sizes));
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
  const asked =
    unit || tellingUnit(latest('exampleMemory')!, latest('exampleMemoryGradient')!, hiddenSize);
  const chosen = Math.min(asked, hiddenSize);
  const own = (name: string): number[] =>
    (of(name) ?? []).filter((_, i) => i % hiddenSize === chosen - 1);
  const byGate = (name: string) =>
    Object.fromEntries(
      Object.entries(GATES[cell]).map(([letter, engine]) => [letter, own(`${name}.${engine}`)]),
    );
  const input = of('exampleInput')!;
  return {
    ...{ cell, unit: chosen, length, step: lane.frameSteps.at(at) ?? 0 },
    input: Array.from({ length }, (_, t) => ({
      number: input[t * CHANNELS]!,
      marked: input[t * CHANNELS + 1] === 1,
    })),
    gates: byGate('exampleGate'),
    gateGradients: byGate('exampleSignalGradient'),
    signal: own('exampleSignalGradient'),
    h: own('exampleActivation'),
    hiddenGradient: own('exampleHiddenGradient'),
    memory: own('exampleMemory'),
    memoryGradient: own('exampleMemoryGradient'),
    sum: of('exampleTarget')![0]!,
    said: of('exampleOutput')![0]!,
  };
}

/** The gate that says how much of the memory is kept. */
export const keeper = ({ gates }: Trace): number[] | undefined => gates.f ?? gates.z;

/** The time steps, counted from 1, whose number is marked. */
export const markedSteps = ({ input }: Trace): number[] =>
  input.flatMap(({ marked }, t) => (marked ? [t + 1] : []));

/** The share of the first marked number that the gate alone leaves at the last time step. */
export const keptToTheEnd = (trace: Trace): number | undefined =>
  keeper(trace)
    ?.slice(markedSteps(trace)[0] ?? 1)
    .reduce((product, gate) => product * gate, 1);
