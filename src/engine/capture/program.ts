/** A captured step as plain data: it crosses a worker's boundary and needs no tfjs to run. */

export interface Slot {
  name: string;
  shape: readonly number[];
  /** Floats from the arena's start. */
  offset: number;
  size: number;
}

/** One instruction in words, for a listing. */
export interface ListingLine {
  /** 'matmul', 'map', 'reduce' … */
  kind: string;
  /** What it does: 'A[64×32]·B[32×32] + b', 'tanh' … */
  text: string;
  /** The elementwise operations that are fused into a map; the kind itself elsewhere. */
  operations: string[];
  /** Floating-point operations, an addition, a product or an elementary function counting one. */
  flop: number;
  frameOnly: boolean;
  /** First and one past the last word of the instruction in `instructions`. */
  begin: number;
  end: number;
}

export interface Program {
  /** Words of the prologue, executed once an arena, then of the step. */
  instructions: Int32Array;
  /** Words of `instructions` that belong to the prologue. */
  prologueLength: number;
  arenaFloats: number;
  /** Floats of scratch that packing needs. */
  packFloats: number;
  constants: { offset: number; values: Float32Array }[];
  state: Slot[];
  feeds: Slot[];
  /** Outputs that exist after every step. */
  everyStep: Slot[];
  /** Tensors that exist after the last step of a run. */
  frame: Slot[];
  /** Where each tensor's statistics stand: four doubles, offset in floats. */
  statistics: Slot[];
  listing: ListingLine[];
  /** Kernel calls that tfjs made in the captured step. */
  kernelCalls: number;
}
