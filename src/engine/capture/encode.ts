/** Items to instructions: words for the executor and lines for a reader. */
import type { Measure } from '../statistics/summary';
import * as fn from './assembly/elementwise.ts';
import * as op from './assembly/opcodes.ts';
import { CaptureError } from './errors.ts';
import {
  coalesce,
  contiguousStrides,
  isContiguous,
  sizeOf,
  type Buffer,
  type View,
} from './graph.ts';
import { operationsOf } from './compound.ts';
import type { Chain, ChainStep, Item } from './items.ts';
import type { ListingLine } from './program.ts';

export interface Encoded {
  words: number[];
  listing: ListingLine[];
  packFloats: number;
}

const bits = new DataView(new ArrayBuffer(4));

function bitsOf(value: number): number {
  bits.setFloat32(0, value);
  return bits.getInt32(0);
}

/** Names of the elementwise operations by code. */
const operationNames = new Map<number, string>();
for (const [name, code] of Object.entries(fn)) {
  operationNames.set(code, name.toLowerCase().replaceAll('_', ' '));
}

/** The operations that a step stands for. */
const namesOf = ({ code }: ChainStep): string[] =>
  (operationsOf.get(code) ?? [code]).map((one) => operationNames.get(one)!);

export function encode(
  items: readonly Item[],
  offsets: ReadonlyMap<Buffer, number>,
  statisticsOffset: (name: string) => number,
): Encoded {
  const words: number[] = [];
  const listing: ListingLine[] = [];
  let packFloats = 0;
  const at = (view: View): number => offsets.get(view.buffer)! + view.offset;

  const emit = (
    opcode: number,
    item: Item,
    line: Pick<ListingLine, 'kind' | 'text' | 'flop'> & Partial<Pick<ListingLine, 'operations'>>,
    body: readonly number[],
  ): void => {
    const begin = words.length;
    words.push(opcode | (item.frameOnly ? op.FRAME_ONLY : 0), body.length + 2, ...body);
    listing.push({
      operations: [line.kind],
      ...line,
      frameOnly: item.frameOnly,
      begin,
      end: words.length,
    });
  };

  for (const item of items) {
    switch (item.kind) {
      case 'chain': {
        const operations = item.steps.flatMap(namesOf);
        const text = operations.join(' ');
        const size = sizeOf(item.shape);
        const flop = size * operations.filter((name) => name !== 'copy').length;
        emit(
          op.MAP,
          item,
          { kind: 'map', text: `${text} [${item.shape.join('×')}]`, operations, flop },
          chainWords(item, offsets),
        );
        break;
      }
      case 'commit': {
        const view = item.inputs[0]!;
        const chain: Chain = {
          kind: 'chain',
          shape: view.shape,
          operands: [view],
          steps: [{ code: fn.COPY, inputs: [{ operand: 0 }], immediates: [0, 0], out: item.out }],
        };
        emit(
          op.MAP,
          item,
          { kind: 'map', text: `commit [${view.shape.join('×')}]`, flop: 0 },
          chainWords(chain, offsets),
        );
        break;
      }
      case 'matmul': {
        const [a, b] = item.inputs as [View, View];
        const [batch, rows, depth] = a.shape as [number, number, number];
        const columns = b.shape[2]!;
        const { initial } = item;
        packFloats = Math.max(packFloats, 8 * depth + 32);
        const form = `${a.strides[2] === 1 || depth === 1 ? 'A' : 'Aᵀ'}·${b.strides[2] === 1 || columns === 1 ? 'B' : 'Bᵀ'}`;
        const size = `${batch > 1 ? `${batch}×` : ''}${rows}×${depth}·${depth}×${columns}`;
        emit(
          op.MATMUL,
          item,
          {
            kind: 'matmul',
            text: `${form}${initial ? ' + C' : ''} [${size}]`,
            operations: initial ? ['matmul', 'add'] : ['matmul'],
            flop: 2 * batch * rows * columns * depth,
          },
          [
            ...[batch, rows, columns, depth],
            ...[at(a), ...a.strides],
            ...[at(b), ...b.strides],
            offsets.get(item.out)!,
            ...(initial
              ? [op.INITIAL_GIVEN, at(initial), initial.strides[0]!, initial.strides[1]!]
              : [op.INITIAL_NONE, 0, 0, 0]),
          ],
        );
        break;
      }
      case 'reduce': {
        const view = item.inputs[0]!;
        const { dims, walks } = coalesce(view.shape, [view.strides, item.outStrides]);
        const names = ['sum', 'max', 'min', 'product'];
        emit(
          op.REDUCE,
          item,
          {
            kind: 'reduce',
            text: `${names[item.code]} [${view.shape.join('×')}]`,
            flop: sizeOf(view.shape),
          },
          [
            item.code,
            dims.length,
            item.out.size,
            at(view),
            offsets.get(item.out)!,
            ...orderDims(dims, walks[0]!, walks[1]!),
          ],
        );
        break;
      }
      case 'assemble': {
        const text = `[${item.shape.join('×')}]`;
        if (item.fill !== null) {
          const body = [item.out.size, offsets.get(item.out)!, bitsOf(item.fill)];
          emit(op.FILL, item, { kind: 'fill', text, flop: 0 }, body);
        }
        item.inputs.forEach((view, i) => {
          const { offset, strides } = item.places[i]!;
          const { dims, walks } = coalesce(view.shape, [view.strides, strides]);
          emit(
            op.PLACE,
            item,
            { kind: 'place', text: `[${view.shape.join('×')}] in ${text}`, flop: 0 },
            [
              ...[dims.length, at(view), offsets.get(item.out)! + offset],
              ...[...dims, ...walks[0]!, ...walks[1]!],
            ],
          );
        });
        break;
      }
      case 'gather':
      case 'segmentSum':
      case 'argExtreme':
      case 'cumulate': {
        const opcode = {
          gather: op.GATHER,
          segmentSum: op.SEGMENT_SUM,
          argExtreme: op.ARG_EXTREME,
          cumulate: op.CUMULATE,
        };
        emit(
          opcode[item.kind],
          item,
          { kind: item.kind, text: `[${item.inputs[0]!.shape.join('×')}]`, flop: 0 },
          [...item.parameters, ...item.inputs.map(at), offsets.get(item.out)!],
        );
        break;
      }
      case 'statistics': {
        const view = item.inputs[0]!;
        const size = sizeOf(view.shape);
        const { name, measures } = item;
        const flop = size * (measures.length + Number(measures.includes('norm')));
        emit(op.STATISTICS, item, { kind: 'statistics', text: name, flop }, [
          ...[size, at(view), statisticsOffset(name), measuresOf(measures)],
        ]);
        break;
      }
    }
  }
  return { words, listing, packFloats };
}

function measuresOf(measures: readonly Measure[]): number {
  const bits = { norm: op.NORM, mean: op.NORM | op.MEAN, zeros: op.NORM | op.ZEROS };
  return measures.reduce((all, measure) => all | bits[measure], 0);
}

/** Dimensions, input and output distances, adjacent inputs innermost: rows are read in order. */
function orderDims(dims: number[], inStrides: number[], outStrides: number[]): number[] {
  const order = dims
    .map((_, d) => d)
    .sort((a, b) => Math.abs(inStrides[b]!) - Math.abs(inStrides[a]!));
  // A distance of 0 repeats one element: it belongs outside.
  order.sort((a, b) => Number(inStrides[a] !== 0) - Number(inStrides[b] !== 0));
  const pick = (list: number[]): number[] => order.map((d) => list[d]!);
  return [...pick(dims), ...pick(inStrides), ...pick(outStrides)];
}

function chainWords(chain: Chain, offsets: ReadonlyMap<Buffer, number>): number[] {
  const n = sizeOf(chain.shape);
  const { dims, walks } = coalesce(
    chain.shape,
    chain.operands.map((view) => view.strides),
  );
  const contiguous = contiguousStrides(dims);
  const accesses = chain.operands.map((view, i) => accessOf(view, dims, walks[i]!, contiguous));
  const longest = Math.max(1, ...accesses.map((access) => access.period));
  const unit = wholeVectors(longest);
  const strip = Math.floor(op.STRIP / unit) * unit;

  let nextRegister = 0;
  const operandWords = chain.operands.flatMap((view, i) => {
    const { access, period } = accesses[i]!;
    const register = access === op.CONTIGUOUS ? 0 : nextRegister++;
    return [access, offsets.get(view.buffer)! + view.offset, register, period, ...walks[i]!];
  });

  const lastRead = new Map<number, number>();
  chain.steps.forEach((step, s) => {
    for (const input of step.inputs) if ('step' in input) lastRead.set(input.step, s);
  });
  const free: number[] = [];
  const registers: number[] = [];
  const stepWords = chain.steps.flatMap((step, s) => {
    const slots = step.inputs.map((input) =>
      'operand' in input ? input.operand : chain.operands.length + input.step,
    );
    // A register that is read for the last time here may take the result.
    for (const input of step.inputs) {
      if (!('step' in input) || lastRead.get(input.step) !== s || chain.steps[input.step]!.out)
        continue;
      const register = registers[input.step]!;
      if (!free.includes(register)) free.push(register);
    }
    if (!step.out) registers[s] = free.pop() ?? nextRegister++;
    const destination = step.out ? offsets.get(step.out)! : registers[s]!;
    const immediates = step.immediates.map(bitsOf);
    return [
      step.code,
      step.out ? 1 : 0,
      destination,
      slots[0]!,
      slots[1] ?? 0,
      slots[2] ?? 0,
      ...immediates,
    ];
  });
  if (nextRegister > op.REGISTERS)
    throw new CaptureError('A chain that needs more registers than there are cannot be captured.');
  return [
    n,
    strip,
    chain.operands.length,
    chain.steps.length,
    dims.length,
    ...dims,
    ...operandWords,
    ...stepWords,
  ];
}

/**
 * The shortest run of whole periods that is also a multiple of eight floats: a strip must not write
 * into the next one, whose operands may lie in the same place.
 */
function wholeVectors(period: number): number {
  let unit = period;
  while (unit % 8 !== 0) unit *= 2;
  return unit;
}

/** How the executor reads an operand: in place, once, as a repeated row, or gathered. */
function accessOf(
  view: View,
  dims: readonly number[],
  walk: readonly number[],
  contiguous: readonly number[],
): { access: number; period: number } {
  if (isContiguous(view)) return { access: op.CONTIGUOUS, period: 1 };
  if (walk.every((stride) => stride === 0)) return { access: op.SCALAR, period: 1 };
  let period = 1;
  let d = dims.length - 1;
  while (d >= 0 && walk[d] === contiguous[d]) period *= dims[d--]!;
  const repeats = walk.slice(0, d + 1).every((stride) => stride === 0);
  if (repeats && period > 1 && wholeVectors(period) <= op.STRIP)
    return { access: op.PERIODIC, period };
  return { access: op.STRIDED, period: 1 };
}
