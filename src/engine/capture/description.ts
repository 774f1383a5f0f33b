/** What a captured program says of itself. */

/** One instruction of a captured step. */
export interface ProgramInstruction {
  /** What computes it: 'matmul', 'map', 'reduce' … */
  kernel: string;
  /** What it does, and on which shapes. */
  text: string;
  /** The operations that are fused into it. */
  operations: string[];
  /** Floating-point operations; an elementary function counts as one. */
  flop: number;
  /** True where it runs only in a step that ends in a frame. */
  frameOnly: boolean;
}

/** A training step as the flat program that `captured` replays. */
export interface CapturedProgram {
  /** In order. */
  instructions: ProgramInstruction[];
  /** Kernel calls of tfjs that they replace. */
  kernelCalls: number;
  /** The arena that holds every tensor of the step; state and feeds are parts of it. */
  arenaBytes: number;
  /** Parameters, and the optimizer's state. */
  stateBytes: number;
  /** What is written before each step: the batch and the scalars. */
  feedBytes: number;
  /** The instructions themselves. */
  programBytes: number;
}

/** The shortest times over the rounds of a measurement. */
export interface ProgramProfile {
  /** One step without what only frames need. */
  stepMicroseconds: number;
  /** Each instruction, run alone and many times in a row. */
  instructionMicroseconds: number[];
}

export interface ProgramReport extends CapturedProgram {
  /** Where a measurement was asked for. */
  profile: ProgramProfile | null;
}
