/** Runs programs: one WebAssembly memory with the executor, the programs and any number of arenas. */
import type { TensorSummary } from '../statistics/summary';
import { PLACE, STATISTICS_DOUBLES } from './assembly/opcodes.ts';
import { executorBase64 } from './build/executor.generated.ts';
import type { Program, Slot } from './program.ts';

interface ExecutorExports {
  firstFreeAddress(): number;
  usePackArea(address: number): void;
  execute(begin: number, end: number, arena: number, frame: number): void;
}

/** A sentence for the reader where captured steps cannot run here; null where they can. */
export function replayObstacle(): string | null {
  if (typeof WebAssembly === 'undefined') {
    return 'This browser has no WebAssembly, so the network trains with plain tfjs, more slowly.';
  }
  // The smallest module with a vector instruction: () → v128, i32.const 0, i8x16.splat.
  const probe = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15,
    11,
  ];
  if (!WebAssembly.validate(new Uint8Array(probe))) {
    return 'This browser’s WebAssembly has no SIMD, so the network trains with plain tfjs, more slowly.';
  }
  return null;
}

let compiled: Promise<WebAssembly.Module> | null = null;

function executorModule(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(
    Uint8Array.from(atob(executorBase64), (character) => character.charCodeAt(0)),
  );
  return compiled;
}

/** Writes a step's feeds; called before each step with the views to fill. */
export type Feed = (step: number, views: Record<string, Float32Array>) => void;

const pageBytes = 65536;
const largestMemory = 2 ** 30;

/** One program, ready to run on any number of arenas (seeds, lanes) in one memory. */
export class Replay {
  readonly program: Program;
  private readonly memory: WebAssembly.Memory;
  private readonly executor: ExecutorExports;
  private readonly programAddress: number;
  private top: number;
  private readonly released: number[] = [];

  private constructor(program: Program, memory: WebAssembly.Memory, executor: ExecutorExports) {
    this.program = program;
    this.memory = memory;
    this.executor = executor;
    this.top = align(executor.firstFreeAddress());
    this.programAddress = this.take(program.instructions.byteLength);
    executor.usePackArea(this.take(program.packFloats * 4));
    new Int32Array(memory.buffer).set(program.instructions, this.programAddress / 4);
  }

  static async create(program: Program): Promise<Replay> {
    const memory = new WebAssembly.Memory({ initial: 4 });
    const instance = await WebAssembly.instantiate(await executorModule(), { env: { memory } });
    return new Replay(program, memory, instance.exports as unknown as ExecutorExports);
  }

  /** A new arena with zeros as state. Throws `RangeError` where memory would pass 1 GB. */
  arena(): Arena {
    const bytes = this.program.arenaFloats * 4;
    const address = this.released.pop() ?? this.take(bytes);
    new Float32Array(this.memory.buffer, address, this.program.arenaFloats).fill(0);
    return new Arena(this.program, this.memory, this.executor, address, this.programAddress, () => {
      this.released.push(address);
    });
  }

  /** Room for at most so many words of other instructions than the program's own, to be run on an arena. */
  routine(words: number): Routine {
    const address = this.take(words * Int32Array.BYTES_PER_ELEMENT);
    const copies = this.take(this.program.arenaFloats * Float32Array.BYTES_PER_ELEMENT);
    return new Routine(this.memory, { address, words, copies });
  }

  private take(bytes: number): number {
    const address = this.top;
    this.top = align(address + bytes);
    // Vectors may be read, never used, beyond the last float.
    const missing = this.top + 64 - this.memory.buffer.byteLength;
    if (missing > 0) {
      if (this.top > largestMemory) {
        throw new RangeError(
          'These runs need more than 1 GB of memory together; run fewer at a time.',
        );
      }
      this.memory.grow(Math.ceil(missing / pageBytes));
    }
    return address;
  }
}

/** Instructions beside a program, for measurements; made by `Replay.routine`. */
export class Routine {
  private readonly memory: WebAssembly.Memory;
  private readonly place: { address: number; words: number; copies: number };
  private end: number;

  constructor(
    memory: WebAssembly.Memory,
    place: { address: number; words: number; copies: number },
  ) {
    this.memory = memory;
    this.place = place;
    this.end = place.address;
  }

  /** Takes the place of what was loaded before. */
  load(instructions: Int32Array): void {
    const { address, words } = this.place;
    if (instructions.length > words) throw new RangeError(`There is room for ${words} words.`);
    new Int32Array(this.memory.buffer).set(instructions, address / 4);
    this.end = address + instructions.byteLength;
  }

  run(arena: Arena): void {
    arena.execute(this.place.address, this.end);
  }

  /** Keeps a copy of the arena's floats [from, to), and returns the instruction that puts them back. */
  restoring(arena: Arena, from: number, to: number): Int32Array {
    const { copies } = this.place;
    const start = arena.address + from * 4;
    new Uint8Array(this.memory.buffer).copyWithin(copies, start, arena.address + to * 4);
    const body = [1, (copies - arena.address) / 4, from, to - from, 1, 1];
    return Int32Array.of(PLACE, body.length + 2, ...body);
  }
}

function align(address: number): number {
  return (address + 63) & ~63;
}

/** Views of an arena in its memory. */
interface ArenaViews {
  memory: ArrayBufferLike;
  feeds: Record<string, Float32Array>;
  floats: Float32Array;
}

/** One copy of a program's state and its scratch space. */
export class Arena {
  readonly program: Program;
  private readonly memory: WebAssembly.Memory;
  private readonly executor: ExecutorExports;
  /** In bytes, in the memory. */
  readonly address: number;
  private readonly body: number;
  private readonly end: number;
  private readonly free: () => void;
  private kept: ArenaViews | null = null;

  /** Made by `Replay.arena`. */
  constructor(
    program: Program,
    memory: WebAssembly.Memory,
    executor: ExecutorExports,
    address: number,
    programAddress: number,
    free: () => void,
  ) {
    this.program = program;
    this.memory = memory;
    this.executor = executor;
    this.address = address;
    this.body = programAddress + program.prologueLength * 4;
    this.end = programAddress + program.instructions.byteLength;
    this.free = free;
    for (const { offset, values } of program.constants) {
      new Float32Array(memory.buffer, address + offset * 4, values.length).set(values);
    }
    executor.execute(programAddress, this.body, address, 1);
  }

  /**
   * Runs `steps` steps. `feed` writes the inputs of each; with `frame` the last step also computes
   * what frames show. Returns the every-step outputs, step after step in the order of
   * `program.everyStep`.
   */
  run(steps: number, feed?: Feed, frame = true): Float32Array {
    const { everyStep } = this.program;
    const width = everyStep.reduce((sum, { size }) => sum + size, 0);
    const rows = new Float32Array(steps * width);
    const feeds = this.feeds();
    const { floats } = this.views();
    let row = 0;
    for (let step = 0; step < steps; step++) {
      feed?.(step, feeds);
      const computesFrame = frame && step === steps - 1;
      this.executor.execute(this.body, this.end, this.address, computesFrame ? 1 : 0);
      for (const { offset, size } of everyStep) {
        for (let i = 0; i < size; i++) rows[row++] = floats[offset + i]!;
      }
    }
    return rows;
  }

  /** Runs the instructions between two addresses of the memory, those for frames too. */
  execute(begin: number, end: number): void {
    this.executor.execute(begin, end, this.address, 1);
  }

  /** A copy of all memory of the arena, as bits, for `replace`. */
  snapshot(): Int32Array {
    return this.words().slice();
  }

  /** Returns all memory of the arena to a snapshot. */
  replace(snapshot: Int32Array): void {
    this.words().set(snapshot);
  }

  private words(): Int32Array {
    return new Int32Array(this.memory.buffer, this.address, this.program.arenaFloats);
  }

  /** Writable views of the feeds; valid until the next arena is made. */
  feeds(): Record<string, Float32Array> {
    return this.views().feeds;
  }

  /** A copy of every state tensor. */
  readState(): Record<string, Float32Array> {
    return this.copies(this.program.state);
  }

  /** A copy of all state, for `restore`; `into` is an earlier one that is written over. */
  save(into?: Float32Array): Float32Array {
    const floats = this.stateFloats();
    if (!into) return floats.slice();
    into.set(floats);
    return into;
  }

  /** Returns to what `save` copied. */
  restore(saved: Float32Array): void {
    this.stateFloats().set(saved);
  }

  /** Sets the state tensors that are named. */
  writeState(values: Record<string, ArrayLike<number>>): void {
    const views = this.viewsOf(this.program.state);
    for (const [name, numbers] of Object.entries(values)) {
      const view = views[name];
      if (!view)
        throw new Error(`There is no state '${name}'; there are ${Object.keys(views).join(', ')}.`);
      if (view.length !== numbers.length) {
        throw new Error(`The state '${name}' has ${view.length} numbers, not ${numbers.length}.`);
      }
      view.set(numbers);
    }
  }

  /** A copy of each tensor that the last step of a run left for a frame. */
  readFrame(): Record<string, Float32Array> {
    return this.copies(this.program.frame);
  }

  /** `head`, then the tensors that the last step of a run left for a frame, one behind another. */
  frameAfter(head: Float32Array): Float32Array {
    const { frame } = this.program;
    const size = frame.reduce((sum, slot) => sum + slot.size, head.length);
    const all = new Float32Array(size);
    const { floats } = this.views();
    all.set(head);
    let end = head.length;
    for (const slot of frame) {
      all.set(floats.subarray(slot.offset, slot.offset + slot.size), end);
      end += slot.size;
    }
    return all;
  }

  /** The statistics of the tensors asked for, of the last step of a run, in the program's order. */
  summaries(): TensorSummary[] {
    const { statistics } = this.program;
    const first = statistics[0];
    if (!first) return [];
    const last = statistics[statistics.length - 1]!;
    const start = first.offset / 2;
    const doubles = new Float64Array(
      this.memory.buffer,
      this.address + first.offset * 4,
      last.offset / 2 + STATISTICS_DOUBLES - start,
    );
    return statistics.map(({ offset }) => {
      const at = offset / 2 - start;
      return {
        sum: doubles[at]!,
        squares: doubles[at + 1]!,
        zeros: doubles[at + 2]!,
        isFinite: doubles[at + 3] === 1,
      };
    });
  }

  /** Gives the arena's memory to the next one; the arena must not be used afterwards. */
  dispose(): void {
    this.free();
  }

  /** State tensors lie together at the arena's beginning. */
  private stateFloats(): Float32Array {
    const last = this.program.state[this.program.state.length - 1];
    return new Float32Array(this.memory.buffer, this.address, last ? last.offset + last.size : 0);
  }

  private views(): ArenaViews {
    const { memory, program, address } = this;
    // A memory that has grown leaves its old views empty.
    if (this.kept?.memory !== memory.buffer) {
      this.kept = {
        memory: memory.buffer,
        feeds: this.viewsOf(program.feeds),
        floats: new Float32Array(memory.buffer, address, program.arenaFloats),
      };
    }
    return this.kept;
  }

  private viewsOf(slots: readonly Slot[]): Record<string, Float32Array> {
    return Object.fromEntries(
      slots.map(({ name, offset, size }) => [
        name,
        new Float32Array(this.memory.buffer, this.address + offset * 4, size),
      ]),
    );
  }

  private copies(slots: readonly Slot[]): Record<string, Float32Array> {
    return Object.fromEntries(
      Object.entries(this.viewsOf(slots)).map(([name, view]) => [name, view.slice()]),
    );
  }
}
