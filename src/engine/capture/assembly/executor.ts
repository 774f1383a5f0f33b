/* The executor's entry: walks a program over one arena. */
import * as op from './opcodes';
import {
  executeArgExtreme,
  executeCumulate,
  executeFill,
  executeGather,
  executePlace,
  executeSegmentSum,
} from './data';
import { executeMap } from './map';
import { executeMatmul, setPackArea } from './matmul';
import { executeReduce } from './reduce';
import { executeStatistics } from './statistics';

/** First address that the host may use for programs and arenas. */
export function firstFreeAddress(): usize {
  return __heap_base;
}

export function usePackArea(address: usize): void {
  setPackArea(address);
}

/**
 * Executes the instructions in [begin, end) on one arena. Instructions that only a frame needs
 * are skipped unless `frame` is non-zero. Addresses are bytes.
 */
export function execute(begin: usize, end: usize, arena: usize, frame: i32): void {
  let instruction = begin;
  while (instruction < end) {
    const head = load<i32>(instruction);
    if (frame || !(head & op.FRAME_ONLY)) {
      switch (head & op.OPCODE_MASK) {
        case op.MAP:
          executeMap(instruction, arena);
          break;
        case op.MATMUL:
          executeMatmul(instruction, arena);
          break;
        case op.REDUCE:
          executeReduce(instruction, arena);
          break;
        case op.FILL:
          executeFill(instruction, arena);
          break;
        case op.PLACE:
          executePlace(instruction, arena);
          break;
        case op.GATHER:
          executeGather(instruction, arena);
          break;
        case op.SEGMENT_SUM:
          executeSegmentSum(instruction, arena);
          break;
        case op.ARG_EXTREME:
          executeArgExtreme(instruction, arena);
          break;
        case op.CUMULATE:
          executeCumulate(instruction, arena);
          break;
        case op.STATISTICS:
          executeStatistics(instruction, arena);
          break;
        default:
          unreachable();
      }
    }
    instruction += load<i32>(instruction, 4) << 2;
  }
}
