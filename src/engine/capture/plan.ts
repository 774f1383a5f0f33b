/**
 * Where every buffer lies in the arena. State and feeds come first, in the order declared, so that
 * two programs over one state share an arena's beginning; a new state is written in place where
 * nothing reads the old one any more.
 */
import {
  contiguousStrides,
  isContiguous,
  isWhole,
  sizeOf,
  type Buffer,
  type View,
} from './graph.ts';
import { inputsOf, outputsOf } from './fuse.ts';
import type { Chain, Item } from './items.ts';

export interface Plan {
  /** Offset in floats of each buffer. */
  offsets: Map<Buffer, number>;
  arenaFloats: number;
  /** Computed once an arena. */
  prologue: Item[];
  /** Computed every step. */
  body: Item[];
}

/** Floats; elementwise loops write eight at a time, so every buffer ends on a multiple of that. */
function padded(size: number): number {
  return size < 16 ? (size + 7) & ~7 : (size + 15) & ~15;
}

export interface StateUpdate {
  state: Buffer;
  value: View;
}

export function plan(
  items: readonly Item[],
  inputs: readonly Buffer[],
  constants: readonly Buffer[],
  updates: readonly StateUpdate[],
  outputs: readonly View[],
): Plan {
  const offsets = new Map<Buffer, number>();
  let top = 0;
  const place = (buffer: Buffer): void => {
    offsets.set(buffer, top);
    top += padded(buffer.size);
  };
  inputs.forEach(place);
  constants.forEach(place);

  const isInvariant = (item: Item): boolean => {
    const out = outputsOf(item);
    return out.length > 0 && out.every((buffer) => buffer.invariant);
  };
  const prologue = items.filter(isInvariant);
  const body = items.filter((item) => !isInvariant(item));
  for (const item of prologue) outputsOf(item).forEach(place);

  const bound = bindStates(body, updates, outputs);
  for (const { state, value } of updates) {
    if (bound.get(value.buffer) === state) offsets.set(value.buffer, offsets.get(state)!);
    else body.push({ kind: 'commit', inputs: [value], out: state, frameOnly: false });
  }

  const lastUse = new Map<Buffer, number>();
  body.forEach((item, i) => {
    for (const { buffer } of inputsOf(item)) lastUse.set(buffer, i);
  });
  for (const view of outputs) lastUse.set(view.buffer, Infinity);

  const heap = new Heap();
  const released: Buffer[][] = body.map(() => []);
  const location = new Map<Buffer, number>();
  body.forEach((item, i) => {
    for (const buffer of outputsOf(item)) {
      if (offsets.has(buffer) || location.has(buffer)) continue;
      const source = reusable(item, buffer, i, lastUse, location);
      if (source) {
        location.set(buffer, location.get(source)!);
        location.delete(source);
        lastUse.set(source, -1);
      } else {
        location.set(buffer, heap.take(padded(buffer.size)));
      }
      offsets.set(buffer, top + location.get(buffer)!);
      const end = lastUse.get(buffer) ?? i;
      if (end !== Infinity) released[Math.max(end, i)]!.push(buffer);
    }
    for (const buffer of released[i]!) {
      if (lastUse.get(buffer) === -1) continue;
      heap.give(location.get(buffer)!, padded(buffer.size));
    }
  });
  return { offsets, arenaFloats: top + heap.size, prologue, body };
}

/** Which new state values may be written straight over the old ones. */
function bindStates(
  body: readonly Item[],
  updates: readonly StateUpdate[],
  outputs: readonly View[],
): Map<Buffer, Buffer> {
  const bound = new Map<Buffer, Buffer>();
  const producer = new Map<Buffer, number>();
  const lastReader = new Map<Buffer, number>();
  body.forEach((item, i) => {
    for (const buffer of outputsOf(item)) producer.set(buffer, i);
    for (const { buffer } of inputsOf(item)) lastReader.set(buffer, i);
  });
  const kept = new Set(outputs.map((view) => view.buffer));
  for (const { state, value } of updates) {
    const made = producer.get(value.buffer);
    if (made === undefined || bound.has(value.buffer) || kept.has(state) || !isWhole(value))
      continue;
    const last = lastReader.get(state) ?? -1;
    if (last > made || (last === made && !readsBeforeWriting(body[made]!, state, value.buffer)))
      continue;
    bound.set(value.buffer, state);
  }
  return bound;
}

/** True where the item reads each element of `source` before it writes the same element of `target`. */
function readsBeforeWriting(item: Item, source: Buffer, target: Buffer): boolean {
  if (item.kind === 'chain') return chainReadsFirst(item, source, target);
  if (item.kind !== 'matmul' || !item.initial || item.initial.buffer !== source) return false;
  const { initial } = item;
  return (
    item.inputs.every((view) => view.buffer !== source) &&
    initial.offset === 0 &&
    source.size === target.size &&
    initial.shape.every(
      (dim, d) => dim === 1 || initial.strides[d] === contiguousStrides(initial.shape)[d],
    )
  );
}

function chainReadsFirst(chain: Chain, source: Buffer, target: Buffer): boolean {
  const writes = chain.steps.findIndex((step) => step.out === target);
  return chain.operands.every((view, operand) => {
    if (view.buffer !== source) return true;
    if (view.offset !== 0 || !isContiguous(view) || sizeOf(view.shape) !== source.size)
      return false;
    return chain.steps.every(
      (step, s) =>
        s <= writes ||
        step.inputs.every((input) => !('operand' in input) || input.operand !== operand),
    );
  });
}

/** An input of the item that ends here and whose place the output may take. */
function reusable(
  item: Item,
  out: Buffer,
  index: number,
  lastUse: ReadonlyMap<Buffer, number>,
  location: ReadonlyMap<Buffer, number>,
): Buffer | null {
  for (const { buffer } of inputsOf(item)) {
    if (buffer.size !== out.size || lastUse.get(buffer) !== index || !location.has(buffer))
      continue;
    if (readsBeforeWriting(item, buffer, out)) return buffer;
  }
  return null;
}

/** First-fit memory: free stretches in order of address. */
class Heap {
  size = 0;
  private free: { start: number; size: number }[] = [];

  take(size: number): number {
    let best = -1;
    this.free.forEach((stretch, i) => {
      if (stretch.size >= size && (best < 0 || stretch.size < this.free[best]!.size)) best = i;
    });
    if (best >= 0) {
      const stretch = this.free[best]!;
      const { start } = stretch;
      stretch.start += size;
      stretch.size -= size;
      if (stretch.size === 0) this.free.splice(best, 1);
      return start;
    }
    const last = this.free[this.free.length - 1];
    if (last && last.start + last.size === this.size) {
      this.free.pop();
      this.size = last.start + size;
      return last.start;
    }
    const start = this.size;
    this.size += size;
    return start;
  }

  give(start: number, size: number): void {
    let i = this.free.findIndex((stretch) => stretch.start > start);
    if (i < 0) i = this.free.length;
    this.free.splice(i, 0, { start, size });
    const next = this.free[i + 1];
    if (next && start + size === next.start) {
      this.free[i]!.size += next.size;
      this.free.splice(i + 1, 1);
    }
    const previous = this.free[i - 1];
    if (previous && previous.start + previous.size === start) {
      previous.size += this.free[i]!.size;
      this.free.splice(i, 1);
    }
  }
}
