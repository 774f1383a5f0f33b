/**
 * From the graph to a list of items: dead operations drop out, additions move into matrix
 * products, chains of elementwise operations become one MAP each.
 */
import * as fn from './assembly/elementwise.ts';
import * as op from './assembly/opcodes.ts';
import { compound } from './compound.ts';
import {
  coalesce,
  isWhole,
  sameShape,
  sizeOf,
  type Buffer,
  type MapOperation,
  type MatmulOperation,
  type Operation,
  type View,
} from './graph.ts';
import type { Chain, ChainStep, Item, Reference, StatisticsItem } from './items.ts';

/** What leaves the step, and when it must be there. */
export interface Roots {
  everyStep: View[];
  frame: View[];
  statistics: StatisticsItem[];
}

export function inputsOf(item: Item | Operation): View[] {
  if (item.kind === 'chain') return item.operands;
  return item.kind === 'matmul' && item.initial ? [...item.inputs, item.initial] : item.inputs;
}

export function outputsOf(item: Item): Buffer[] {
  if (item.kind === 'chain') return item.steps.flatMap((step) => (step.out ? [step.out] : []));
  return item.kind === 'statistics' ? [] : [item.out];
}

/** Lowers the traced operations to items in execution order. */
export function fuse(operations: readonly Operation[], roots: Roots): Item[] {
  const everyStep = reach(operations, roots.everyStep);
  const frame = reach(operations, [
    ...roots.frame,
    ...roots.statistics.flatMap((item) => item.inputs),
  ]);
  const live = operations.filter(({ out }) => everyStep.has(out) || frame.has(out));
  const pinned = new Set<Buffer>();
  for (const view of [...roots.everyStep, ...roots.frame]) pinned.add(view.buffer);
  for (const item of roots.statistics) for (const view of item.inputs) pinned.add(view.buffer);
  const moved = moveAdditions(live, pinned);
  const items = chains(moved, pinned, everyStep);
  return placeStatistics(placeEarly(items), roots.statistics);
}

/** Buffers that the given views depend on. */
function reach(operations: readonly Operation[], views: readonly View[]): Set<Buffer> {
  const reached = new Set(views.map((view) => view.buffer));
  for (let i = operations.length - 1; i >= 0; i--) {
    const operation = operations[i]!;
    if (!reached.has(operation.out)) continue;
    for (const view of inputsOf(operation)) reached.add(view.buffer);
  }
  return reached;
}

/** out = A·B + x, where nothing else reads A·B: the product adds x. */
function moveAdditions(operations: readonly Operation[], pinned: ReadonlySet<Buffer>): Operation[] {
  const uses = new Map<Buffer, number>();
  for (const operation of operations) {
    for (const { buffer } of inputsOf(operation)) uses.set(buffer, (uses.get(buffer) ?? 0) + 1);
  }
  const products = new Map<Buffer, MatmulOperation>();
  const absorbed = new Set<Operation>();
  const result: Operation[] = [];
  for (const operation of operations) {
    if (operation.kind === 'matmul') products.set(operation.out, operation);
    const merged =
      operation.kind === 'map' && operation.code === fn.ADD ? startFrom(operation) : null;
    if (merged) {
      products.set(merged.out, merged);
      result.push(merged);
    } else {
      result.push(operation);
    }
  }
  return result.filter((operation) => !absorbed.has(operation));

  function startFrom(addition: MapOperation): MatmulOperation | null {
    // The later product is the one whose other summand is sure to be there.
    for (const i of [1, 0]) {
      const view = addition.inputs[i]!;
      const product = products.get(view.buffer);
      if (!product || product.initial || pinned.has(view.buffer) || uses.get(view.buffer) !== 1)
        continue;
      if (!isWhole(view) || sizeOf(addition.shape) !== view.buffer.size) continue;
      const initial = rowsOf(addition.inputs[1 - i]!, addition.shape, product);
      if (!initial) continue;
      absorbed.add(product);
      return { ...product, initial, out: addition.out };
    }
    return null;
  }

  /** The summand as [batch, M, N] with adjacent columns, or null. */
  function rowsOf(view: View, shape: readonly number[], product: MatmulOperation): View | null {
    const [batch, rows] = product.inputs[0]!.shape as [number, number, number];
    const columns = product.inputs[1]!.shape[2]!;
    if (shape.length < 2 || shape[shape.length - 1] !== columns) return null;
    if (columns > 1 && view.strides[view.strides.length - 1] !== 1) return null;
    const { dims, walks } = coalesce(shape.slice(0, -1), [view.strides.slice(0, -1)]);
    if (dims.length === 1 && batch === 1) {
      return { ...view, shape: [1, rows, columns], strides: [0, walks[0]![0]!, 1] };
    }
    if (dims.length === 2 && dims[0] === batch && dims[1] === rows) {
      return { ...view, shape: [batch, rows, columns], strides: [...walks[0]!, 1] };
    }
    return null;
  }
}

/** Most operands and steps that one chain may have. */
const maxOperands = 14;
const maxSteps = 40;
/** Scratch registers that a chain may need, below what the executor has. */
const maxRegisters = op.REGISTERS;

interface Group {
  members: MapOperation[];
  /** True once something outside reads a member: later operations must not join. */
  closed: boolean;
}

/**
 * Joins elementwise operations over one shape. A chain stands where its last member stood, so an
 * operation may join only while nothing outside the chain reads a member.
 */
function chains(
  operations: readonly Operation[],
  pinned: ReadonlySet<Buffer>,
  everyStep: ReadonlySet<Buffer>,
): Item[] {
  const groups = new Map<Buffer, Group>();
  const readers = new Map<Buffer, Operation[]>();
  for (const operation of operations) {
    for (const { buffer } of inputsOf(operation)) {
      const list = readers.get(buffer) ?? [];
      list.push(operation);
      readers.set(buffer, list);
    }
  }
  const order: (Exclude<Operation, MapOperation> | Group)[] = [];
  for (const operation of operations) {
    const own = inputsOf(operation).map((view) => groups.get(view.buffer));
    if (operation.kind !== 'map') {
      for (const group of own) if (group) group.closed = true;
      order.push(operation);
      continue;
    }
    let group: Group = { members: [operation], closed: false };
    operation.inputs.forEach((view, i) => {
      const source = own[i];
      if (!source || group.members.includes(source.members[0]!)) return;
      const first = source.members[0]!;
      const fits =
        !source.closed &&
        sameShape(first.shape, operation.shape) &&
        isWhole(view) &&
        first.out.invariant === operation.out.invariant &&
        everyStep.has(first.out) === everyStep.has(operation.out) &&
        operation.inputs.every((other) => groups.get(other.buffer) !== source || isWhole(other));
      if (!fits) return;
      const joined = { members: [...source.members, ...group.members], closed: false };
      if (!affordable(joined)) return;
      order.splice(order.lastIndexOf(source), 1);
      for (const member of joined.members) groups.set(member.out, joined);
      group = joined;
    });
    // What did not join is read from outside.
    for (const view of operation.inputs) {
      const source = groups.get(view.buffer);
      if (source && source !== group) source.closed = true;
    }
    groups.set(operation.out, group);
    order.push(group);
  }

  const position = new Map<Operation, Group | Operation>();
  for (const entry of order) {
    if ('members' in entry) for (const member of entry.members) position.set(member, entry);
    else position.set(entry, entry);
  }
  return order.map((entry): Item => {
    if (!('members' in entry)) return { ...entry, frameOnly: !everyStep.has(entry.out) };
    const escapes = (buffer: Buffer): boolean =>
      pinned.has(buffer) ||
      (readers.get(buffer) ?? []).some((reader) => position.get(reader) !== entry);
    const chain = chainOf(entry.members, escapes);
    const steps = compound(chain.steps);
    return { ...chain, steps, frameOnly: !everyStep.has(entry.members[0]!.out) };
  });
}

function affordable(group: Group): boolean {
  const chain = chainOf(group.members, () => false);
  if (chain.operands.length > maxOperands || chain.steps.length > maxSteps) return false;
  return chain.operands.length + chain.steps.length <= maxRegisters;
}

function chainOf(members: readonly MapOperation[], escapes: (buffer: Buffer) => boolean): Chain {
  const steps: ChainStep[] = [];
  const stepOf = new Map<Buffer, number>();
  const operands: View[] = [];
  const operandOf = new Map<string, number>();
  const sorted = [...members].sort((a, b) => a.out.id - b.out.id);
  for (const member of sorted) {
    const inputs = member.inputs.map((view): Reference => {
      const step = stepOf.get(view.buffer);
      if (step !== undefined) return { step };
      const key = `${view.buffer.id},${view.offset},${view.strides}`;
      let index = operandOf.get(key);
      if (index === undefined) {
        index = operands.push(view) - 1;
        operandOf.set(key, index);
      }
      return { operand: index };
    });
    stepOf.set(member.out, steps.length);
    const out = escapes(member.out) ? member.out : null;
    steps.push({ code: member.code, inputs, immediates: member.immediates, out });
  }
  return { kind: 'chain', shape: members[0]!.shape, operands, steps };
}

/**
 * Parts of what frames alone need are put in their places as soon as they exist: tensors need not be
 * kept for it, and an old state can be overwritten.
 */
function placeEarly(items: readonly Item[]): Item[] {
  const isSplit = (item: Item): boolean =>
    item.kind === 'assemble' && item.frameOnly && item.fill === null;
  const producer = new Map<Buffer, number>();
  items.forEach((item, i) => outputsOf(item).forEach((buffer) => producer.set(buffer, i)));
  const after: Item[][] = items.map(() => []);
  const first: Item[] = [];
  const late: (Item | null)[] = items.map((item) => {
    if (item.kind !== 'assemble' || !isSplit(item)) return item;
    const waiting = item.inputs.map((view, i) => {
      const made = producer.get(view.buffer) ?? -1;
      if (made >= 0 && isSplit(items[made]!)) return i;
      const part = { ...item, inputs: [view], places: [item.places[i]!] };
      (made < 0 ? first : after[made]!).push(part);
      return -1;
    });
    const rest = waiting.filter((i) => i >= 0);
    if (rest.length === 0) return null;
    return {
      ...item,
      inputs: rest.map((i) => item.inputs[i]!),
      places: rest.map((i) => item.places[i]!),
    };
  });
  return [...first, ...late.flatMap((item, i) => [...(item ? [item] : []), ...after[i]!])];
}

/** Each tensor's statistics right behind what computes it. */
function placeStatistics(items: Item[], statistics: readonly StatisticsItem[]): Item[] {
  const waiting = new Map<Buffer, StatisticsItem[]>();
  const result: Item[] = [];
  const produced = new Set(items.flatMap(outputsOf));
  for (const item of statistics) {
    const { buffer } = item.inputs[0]!;
    if (produced.has(buffer)) waiting.set(buffer, [...(waiting.get(buffer) ?? []), item]);
    else result.push({ ...item, frameOnly: true });
  }
  for (const item of items) {
    result.push(item);
    for (const buffer of outputsOf(item)) {
      for (const statistic of waiting.get(buffer) ?? [])
        result.push({ ...statistic, frameOnly: true });
    }
  }
  return result;
}
