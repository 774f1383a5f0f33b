/** Where the time of a captured step goes, instruction by instruction. */
import type { ProgramProfile } from './description';
import type { Arena, Replay, Routine } from './replay.ts';

/** How often an instruction is written one behind the other, to be run by one call. */
const repeats = 64;
/** Words of the instruction that puts an operand back. */
const restoringWords = 8;
/** A measurement lasts so long, in milliseconds, or so many ticks of the clock if that is longer. */
const shortest = 1.5;
const ticks = 10;
const longest = 12;
/** Steps run between two looks at the clock. */
const stepsAtOnce = 4;
/** Between two pauses, in milliseconds. */
const pauseEvery = 50;

/**
 * Times every instruction of the program on the arena's batch, `rounds` times, and the whole step
 * beside it; returns the shortest times, in microseconds: whatever else the device does only adds to
 * them. An instruction is timed alone and many times in a row, so that it finds its operands in the
 * processor's cache. The arena's state changes.
 */
export async function profile(
  replay: Replay,
  arena: Arena,
  rounds: number,
  pause: () => Promise<void>,
): Promise<ProgramProfile> {
  const { listing, instructions } = replay.program;
  const longestWords = Math.max(1, ...listing.map(({ begin, end }) => end - begin));
  const routine = replay.routine(repeats * (longestWords + restoringWords));
  const enough = measurementTime();
  const start = arena.save();
  let whole = Infinity;
  const times = listing.map(() => ({ together: Infinity, restoring: Infinity }));
  let paused = performance.now();
  arena.run(stepsAtOnce, undefined, false);

  for (let round = 0; round < rounds; round++) {
    arena.restore(start);
    whole = Math.min(whole, timeSteps(arena, enough));
    arena.restore(start);
    for (const [i, { begin, end }] of listing.entries()) {
      const words = instructions.subarray(begin, end);
      const { together, restoring } = timeInstruction(arena, routine, words, enough);
      const best = times[i]!;
      best.together = Math.min(best.together, together);
      best.restoring = Math.min(best.restoring, restoring);
      if (performance.now() - paused < pauseEvery) continue;
      await pause();
      paused = performance.now();
    }
  }
  return {
    stepMicroseconds: whole,
    instructionMicroseconds: times.map(({ together, restoring }) =>
      Math.max(0, together - restoring),
    ),
  };
}

/** Microseconds of one step without what only frames need. */
function timeSteps(arena: Arena, enough: number): number {
  const start = performance.now();
  let steps = 0;
  let elapsed = 0;
  while (elapsed < enough) {
    arena.run(stepsAtOnce, undefined, false);
    steps += stepsAtOnce;
    elapsed = performance.now() - start;
  }
  return (1000 * elapsed) / steps;
}

/**
 * Microseconds of one instruction; leaves the arena as one execution of it does. An instruction that
 * writes over its own operand would soon compute with other numbers than a step has: the operand is
 * put back before each execution, and `restoring` is the part of the time that this takes.
 */
function timeInstruction(
  arena: Arena,
  routine: Routine,
  words: Int32Array,
  enough: number,
): { together: number; restoring: number } {
  const before = arena.snapshot();
  routine.load(words);
  routine.run(arena);
  const after = arena.snapshot();
  routine.run(arena);
  const changed = range(after, arena.snapshot()) && range(before, after);
  const time = { together: 0, restoring: 0 };
  if (changed) {
    arena.replace(before);
    const restoring = routine.restoring(arena, ...changed);
    time.together = timeWords(arena, routine, Int32Array.of(...restoring, ...words), enough);
    time.restoring = timeWords(arena, routine, restoring, enough);
  } else {
    time.together = timeWords(arena, routine, words, enough);
  }
  arena.replace(after);
  return time;
}

/** Microseconds of some instructions, run again and again. */
function timeWords(arena: Arena, routine: Routine, words: Int32Array, enough: number): number {
  const all = new Int32Array(words.length * repeats);
  for (let i = 0; i < repeats; i++) all.set(words, i * words.length);
  routine.load(all);
  routine.run(arena);
  const start = performance.now();
  let count = 0;
  let elapsed = 0;
  while (elapsed < enough) {
    routine.run(arena);
    count += repeats;
    elapsed = performance.now() - start;
  }
  return (1000 * elapsed) / count;
}

/** From the first to behind the last entry in which two lists differ; null where none does. */
function range(a: Int32Array, b: Int32Array): [from: number, to: number] | null {
  let from = 0;
  let to = a.length;
  while (from < to && a[from] === b[from]) from++;
  while (to > from && a[to - 1] === b[to - 1]) to--;
  return from < to ? [from, to] : null;
}

/** How long to measure with this clock, in milliseconds: browsers make it coarse on purpose. */
function measurementTime(): number {
  const start = performance.now();
  let next = start;
  while (next === start) next = performance.now();
  const first = next;
  while (next === first) next = performance.now();
  return Math.min(longest, Math.max(shortest, ticks * (next - first)));
}
