/*
 * The program's vocabulary: read by the lowering (TypeScript) and by the executor
 * (AssemblyScript), so this file holds nothing but integer constants.
 *
 * An instruction is a run of 32-bit integers: [opcode | flags, length, …]. Offsets count floats
 * from the arena's start. After the length:
 *   MAP          n, strip, operands, steps, rank, dims[rank],
 *                {access, offset, register, period, strides[rank]} per operand,
 *                {code, toMemory, destination, a, b, c, immediate0, immediate1} per step
 *   MATMUL       batch, M, N, K, aOffset, aBatch, aRow, aColumn, bOffset, bBatch, bRow, bColumn,
 *                outOffset, initial, initialOffset, initialBatch, initialRow
 *   REDUCE       code, rank, outSize, inOffset, outOffset, dims[rank], inStrides[rank], outStrides[rank]
 *   FILL         n, offset, valueBits
 *   PLACE        rank, inOffset, outOffset, dims[rank], inStrides[rank], outStrides[rank]
 *   GATHER       outer, axisSize, count, inner, inOffset, indexOffset, outOffset
 *   SEGMENT_SUM  rows, inner, segments, inOffset, indexOffset, outOffset
 *   ARG_EXTREME  wantMinimum, outer, axisSize, inner, inOffset, outOffset
 *   CUMULATE     outer, axisSize, inner, exclusive, reverse, inOffset, outOffset
 *   STATISTICS   n, offset, slotOffset, measures
 */
export const MAP = 1;
export const MATMUL = 2;
export const REDUCE = 3;
export const FILL = 4;
export const PLACE = 5;
export const GATHER = 6;
export const SEGMENT_SUM = 7;
export const ARG_EXTREME = 8;
export const CUMULATE = 9;
export const STATISTICS = 10;
export const OPCODE_MASK = 0xff;

/** Set on instructions that only a frame (the last step of a run) needs. */
export const FRAME_ONLY = 0x100;

/** Floats of one scratch register: the longest strip of a MAP. */
export const STRIP = 512;
/** Scratch registers of a MAP. */
export const REGISTERS = 24;
/** Operands and steps of a MAP together. */
export const SLOTS = 64;

/* How a MAP reads an operand. */
export const CONTIGUOUS = 0;
export const SCALAR = 1;
export const PERIODIC = 2;
export const STRIDED = 3;

/* What a MATMUL adds to. */
export const INITIAL_NONE = 0;
export const INITIAL_GIVEN = 1;

/* Reductions. */
export const SUM = 0;
export const MAX = 1;
export const MIN = 2;
export const PROD = 3;

/* What a STATISTICS measures beside whether all is finite; bits, the first one in all sums. */
export const NORM = 1;
export const MEAN = 2;
export const ZEROS = 4;
/** Doubles written by STATISTICS: Σx, Σx², count of x = 0, and 1 where all x are finite. */
export const STATISTICS_DOUBLES = 4;
