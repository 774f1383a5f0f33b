/** What a specification's captured step consists of, and where its time goes. */
import { BackendError } from '../backends/errors';
import { frameKinds } from '../statistics/collect';
import { initialValues } from './initialValues';
import type { ResolvedSpec } from '../spec/resolved';
import { defineStep } from '../step/step';
import { shapeOf } from '../spec/tasks';
import { loadTask } from '../tasks';
import type { CapturedProgram, ProgramReport } from '../capture/description';
import { CaptureError } from '../capture/errors.ts';
import { captureTraining, feedsOf, stateOf } from '../capture/executor';
import { profile } from '../capture/profile';
import type { Program, Slot } from '../capture/program.ts';
import { Replay } from '../capture/replay.ts';

const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** The program as a reader sees it: what runs in every step, in order, and what it needs of memory. */
export function describeProgram(program: Program): CapturedProgram {
  const bytesOf = (slots: readonly Slot[]): number =>
    slots.reduce((sum, { size }) => sum + size, 0) * BYTES;
  return {
    instructions: program.listing.map(({ kind, text, operations, flop, frameOnly }) => ({
      kernel: kind,
      text,
      operations,
      flop,
      frameOnly,
    })),
    kernelCalls: program.kernelCalls,
    arenaBytes: program.arenaFloats * BYTES,
    stateBytes: bytesOf(program.state),
    feedBytes: bytesOf(program.feeds),
    programBytes: program.instructions.byteLength,
  };
}

/**
 * Captures the training step of a specification, with what every frame needs, and describes it; with
 * `rounds` above 0 it is also timed on its first batch. Throws `BackendError` where it cannot be
 * captured.
 */
export async function reportProgram(
  spec: ResolvedSpec,
  rounds: number,
  pause: () => Promise<void>,
): Promise<ProgramReport> {
  const shape = shapeOf(spec.task);
  const definition = defineStep(spec, shape);
  const request = { spec, shape, definition, ...frameKinds(spec, []) };
  const program = capture(request);
  const described = describeProgram(program);
  if (rounds === 0) return { ...described, profile: null };
  const batch = (await loadTask(spec.task)).batch(spec.seed, 0, spec.batchSize);
  const replay = await Replay.create(program);
  const arena = replay.arena();
  arena.writeState(stateOf(request, await initialValues(spec, definition, batch)));
  const feeds = arena.feeds();
  for (const [name, values] of Object.entries(feedsOf(request, batch, 0))) feeds[name]!.set(values);
  return { ...described, profile: await profile(replay, arena, rounds, pause) };
}

function capture(request: Parameters<typeof captureTraining>[0]): Program {
  try {
    return captureTraining(request);
  } catch (error) {
    if (error instanceof CaptureError) throw new BackendError(error.message, 'unfit');
    throw error;
  }
}
