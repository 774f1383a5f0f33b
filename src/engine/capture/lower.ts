/** From a recording to a program: fuse, lay out, encode. */
import type { Measure } from '../statistics/summary';
import { STATISTICS_DOUBLES } from './assembly/opcodes.ts';
import { encode } from './encode.ts';
import { CaptureError, MemoryError } from './errors.ts';
import { fuse } from './fuse.ts';
import type { StatisticsItem } from './items.ts';
import { sizeOf, type Buffer, type Dtype, type View } from './graph.ts';
import { plan, type StateUpdate } from './plan.ts';
import type { Program, Slot } from './program.ts';
import type { Tracer } from './tracer.ts';

export interface InputDeclaration {
  name: string;
  role: 'state' | 'feed';
  shape: readonly number[];
  dtype?: Dtype;
}

/** What a step did, as the tracer has it. */
export interface Recording {
  tracer: Tracer;
  declarations: readonly InputDeclaration[];
  /** One view for each declaration. */
  inputs: View[];
  outputs: Record<string, View>;
}

/** Which results are wanted, and when. */
export interface Wanted {
  /** Outputs wanted after every step. */
  everyStep?: readonly string[];
  /** Outputs wanted after the last step of a run; by default all others. */
  frame?: readonly string[];
  /** Outputs of which this is wanted after the last step of a run, and whether they are finite. */
  statistics?: readonly { name: string; measures: readonly Measure[] }[];
}

/** Most floats that an arena may have: WebAssembly memory beyond 1 GB is refused by many devices. */
const largestArena = 2 ** 28;

/** Lowers a recording. Throws `MemoryError` where the arena would pass 1 GB. */
export function lower(
  { tracer, declarations, inputs, outputs }: Recording,
  { everyStep = [], frame: wantedFrame, statistics = [] }: Wanted,
): Program {
  const states = new Map(
    declarations.flatMap((input, i) =>
      input.role === 'state' ? [[input.name, inputs[i]!] as const] : [],
    ),
  );
  const output = (name: string): View => {
    const view = outputs[name];
    if (!view)
      throw new CaptureError(
        `The step has no output '${name}'; it has ${Object.keys(outputs).join(', ')}.`,
      );
    return view;
  };
  const frame =
    wantedFrame ??
    Object.keys(outputs).filter((name) => !states.has(name) && !everyStep.includes(name));

  const updates: StateUpdate[] = [];
  for (const [name, state] of states) {
    if (!outputs[name]) continue;
    const view = output(name);
    if (sizeOf(view.shape) !== state.buffer.size) {
      throw new CaptureError(
        `The state '${name}' has the shape [${state.shape}] before the step and [${view.shape}] after.`,
      );
    }
    if (view.buffer === state.buffer && view.offset === 0) continue;
    const isOwn = view.buffer.role === 'computed';
    updates.push({
      state: state.buffer,
      value: tracer.contiguous(isOwn ? view : tracer.copy(view)),
    });
  }
  const readable = (name: string): View => tracer.contiguous(output(name));
  const everyStepViews = everyStep.map(readable);
  // A state is written over before a frame is read: its value before the step is copied first.
  const before = tracer.operations.length;
  const copies = new Map(
    frame
      .filter((name) => output(name).buffer.role === 'state')
      .map((name) => [name, tracer.copy(output(name))]),
  );
  tracer.operations.unshift(...tracer.operations.splice(before));
  const frameViews = frame.map((name) => copies.get(name) ?? readable(name));
  const statisticsItems = statistics.map(({ name, measures }): StatisticsItem => ({
    kind: 'statistics',
    measures,
    inputs: [readable(name)],
    name,
  }));

  const items = fuse(tracer.operations, {
    everyStep: [...everyStepViews, ...updates.map(({ value }) => value)],
    frame: frameViews,
    statistics: statisticsItems,
  });
  const used = new Set<Buffer>();
  for (const item of items)
    for (const view of item.kind === 'chain' ? item.operands : item.inputs) used.add(view.buffer);
  for (const item of items)
    if (item.kind === 'matmul' && item.initial) used.add(item.initial.buffer);
  for (const view of [...everyStepViews, ...frameViews, ...updates.map(({ value }) => value)])
    used.add(view.buffer);
  const constants = tracer.buffers.filter(
    (buffer) => buffer.role === 'constant' && used.has(buffer),
  );
  const laid = plan(
    items,
    // State first, so that it can be copied as one block.
    [...inputs]
      .sort((a, b) => Number(a.buffer.role === 'feed') - Number(b.buffer.role === 'feed'))
      .map((view) => view.buffer),
    constants,
    updates,
    [...everyStepViews, ...frameViews],
  );

  let arenaFloats = laid.arenaFloats;
  const statisticsSlots = statistics.map(({ name }): Slot => {
    const offset = arenaFloats;
    arenaFloats += (2 * STATISTICS_DOUBLES + 3) & ~3;
    return { name, shape: [...output(name).shape], offset, size: 2 * STATISTICS_DOUBLES };
  });
  if (arenaFloats > largestArena) {
    const gigabytes = (arenaFloats / 2 ** 28).toFixed(1);
    throw new MemoryError(
      `This network needs ${gigabytes} GB of memory for one training step; at most 1 GB is allowed. ` +
        'Choose a smaller width, depth, batch or sequence length.',
    );
  }
  const offsetOf = (name: string): number =>
    statisticsSlots.find((slot) => slot.name === name)!.offset;
  const prologue = encode(laid.prologue, laid.offsets, offsetOf);
  const body = encode(laid.body, laid.offsets, offsetOf);
  const slot = (name: string, view: View): Slot => ({
    name,
    shape: [...view.shape],
    offset: laid.offsets.get(view.buffer)! + view.offset,
    size: sizeOf(view.shape),
  });
  const inputSlots = (role: 'state' | 'feed'): Slot[] =>
    declarations.flatMap((input, i) => (input.role === role ? [slot(input.name, inputs[i]!)] : []));
  const shift = prologue.words.length;
  return {
    instructions: Int32Array.from([...prologue.words, ...body.words]),
    prologueLength: shift,
    arenaFloats: (arenaFloats + 15) & ~15,
    packFloats: Math.max(prologue.packFloats, body.packFloats),
    constants: constants.map((buffer) => ({
      offset: laid.offsets.get(buffer)!,
      values: buffer.values!,
    })),
    state: inputSlots('state'),
    feeds: inputSlots('feed'),
    everyStep: everyStep.map((name, i) => slot(name, everyStepViews[i]!)),
    frame: frame.map((name, i) => slot(name, frameViews[i]!)),
    statistics: statisticsSlots,
    listing: body.listing.map((line) => ({
      ...line,
      begin: line.begin + shift,
      end: line.end + shift,
    })),
    kernelCalls: tracer.kernelCalls,
  };
}
