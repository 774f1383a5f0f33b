/** The parts of a cell, each with the number that it carries at a time step, forwards and backwards. */
import type { CellName, Trace } from './trace';

export type PartId =
  | 'x'
  | 'before'
  | 'memoryBefore'
  | 'f'
  | 'i'
  | 'g'
  | 'o'
  | 'z'
  | 'r'
  | 'q'
  | 'write'
  | 'memory'
  | 'shown'
  | 'sum'
  | 'h';

/** What a part carries; NaN where nothing is known of it, as of the state before the first time step. */
export interface Carried {
  value: number;
  /** The gradient of the loss with respect to it. */
  gradient: number;
}

export type Parts = Partial<Record<PartId, Carried>>;

/** What a part is called, and its letters. */
export const NAMES: Record<PartId, string> = {
  x: 'the input',
  before: 'the last output',
  memoryBefore: 'the memory before',
  f: 'the forget gate',
  i: 'the input gate',
  g: 'the candidate',
  o: 'the output gate',
  z: 'the update gate',
  r: 'the reset gate',
  q: 'what the reset gate acts on',
  write: 'what is written',
  memory: 'the memory',
  shown: 'the memory through tanh',
  sum: 'the pre-activation',
  h: 'the output',
};

const derivativeOfTanh = (output: number): number => 1 - output * output;

/** What is known at a time step, counted from 0. */
interface Moment {
  trace: Trace;
  t: number;
  /** A number of a list at this time step, or so many before it; of states before the first: 0. */
  at: (list: readonly number[] | undefined, back?: number) => number;
}

function lstm({ trace, at, t }: Moment): Parts {
  const { gates, memory, h, hiddenGradient, memoryGradient } = trace;
  const [f, i, g, o] = [at(gates.f), at(gates.i), at(gates.g), at(gates.o)];
  const c = at(memory);
  const before = at(memory, 1);
  const dc = at(memoryGradient);
  const dh = at(hiddenGradient);
  return {
    before: { value: at(h, 1), gradient: t === 0 ? NaN : at(hiddenGradient, 1) },
    memoryBefore: { value: before, gradient: dc * f },
    f: { value: f, gradient: dc * before },
    i: { value: i, gradient: dc * g },
    g: { value: g, gradient: dc * i },
    write: { value: i * g, gradient: dc },
    memory: { value: c, gradient: dc },
    o: { value: o, gradient: dh * Math.tanh(c) },
    shown: { value: Math.tanh(c), gradient: dh * o },
    h: { value: at(h), gradient: dh },
  };
}

function gru({ trace, at, t }: Moment): Parts {
  const { gates, gateGradients, h, hiddenGradient } = trace;
  const [z, r, g, q] = [at(gates.z), at(gates.r), at(gates.g), at(gates.q)];
  const before = at(h, 1);
  const dh = at(hiddenGradient);
  const dq = at(gateGradients.q);
  const after = trace.cell === 'gruResetAfter';
  return {
    before: { value: before, gradient: t === 0 ? NaN : at(hiddenGradient, 1) },
    memoryBefore: { value: before, gradient: dh * z },
    z: { value: z, gradient: dh * (before - g) },
    // r·h goes into the product, or the product is multiplied by r on its way into the candidate.
    r: { value: r, gradient: after ? at(gateGradients.g) * q : dq * before },
    q: { value: q, gradient: dq },
    g: { value: g, gradient: dh * (1 - z) },
    write: { value: (1 - z) * g, gradient: dh },
    h: { value: at(h), gradient: dh },
  };
}

function rnn({ trace, at, t }: Moment): Parts {
  const { h, hiddenGradient, signal } = trace;
  return {
    before: { value: at(h, 1), gradient: t === 0 ? NaN : at(hiddenGradient, 1) },
    sum: { value: Math.atanh(at(h)), gradient: at(signal) },
    h: { value: at(h), gradient: at(hiddenGradient) },
  };
}

const ofCell: Record<CellName, (moment: Moment) => Parts> = {
  lstm,
  gruResetBefore: gru,
  gruResetAfter: gru,
  rnn,
};

/** What every part of the cell carries at a time step, counted from 1. */
export function partsAt(trace: Trace, timeStep: number): Parts {
  const t = Math.min(timeStep, trace.length) - 1;
  return ofCell[trace.cell]({
    ...{ trace, t },
    at: (list, back = 0) => (t - back < 0 ? 0 : (list?.[t - back] ?? NaN)),
  });
}

/** The gradient that reaches the memory from the time step after, and from the output of this one. */
export function arrivals(trace: Trace, timeStep: number): { later: number; output: number } {
  const t = Math.min(timeStep, trace.length) - 1;
  const { o, f } = trace.gates;
  const later = t + 1 < trace.length ? trace.memoryGradient[t + 1]! * (f?.[t + 1] ?? 0) : 0;
  const c = Math.tanh(trace.memory[t]!);
  return { later, output: trace.hiddenGradient[t]! * (o?.[t] ?? 0) * derivativeOfTanh(c) };
}
