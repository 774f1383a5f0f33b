/** Builds the graph while tfjs runs the step: infers shapes, resolves aliases to views, shares what is computed twice. */
import { CaptureError } from './errors.ts';
import * as fn from './assembly/elementwise.ts';
import {
  broadcastShapes,
  broadcastView,
  contiguousStrides,
  isContiguous,
  isUniform,
  isWhole,
  reshapeView,
  sameShape,
  sizeOf,
  type AssembleOperation,
  type Buffer,
  type Dtype,
  type Operation,
  type View,
  type WholeOperation,
} from './graph.ts';

export class Tracer {
  readonly operations: Operation[] = [];
  readonly buffers: Buffer[] = [];
  /** Kernel calls seen, aliases included. */
  kernelCalls = 0;
  private readonly shared = new Map<string, View>();
  private readonly producers = new Map<Buffer, Operation>();
  private readonly scalars = new Map<string, View>();

  input(name: string, role: 'state' | 'feed', shape: readonly number[], dtype: Dtype): View {
    const buffer = this.buffer(sizeOf(shape), role, false);
    buffer.name = name;
    return whole(buffer, shape, dtype);
  }

  constant(values: ArrayLike<number>, shape: readonly number[], dtype: Dtype): View {
    const first = values[0]!;
    let uniform = true;
    for (let i = 1; uniform && i < values.length; i++) uniform = Object.is(values[i], first);
    if (uniform) return broadcastView({ ...this.scalar(first), dtype }, shape);
    const buffer = this.buffer(values.length, 'constant', true);
    buffer.values = Float32Array.from(values);
    return whole(buffer, shape, dtype);
  }

  scalar(value: number): View {
    const key = Object.is(value, -0) ? '-0' : String(value);
    let view = this.scalars.get(key);
    if (!view) {
      const buffer = this.buffer(1, 'constant', true);
      buffer.values = Float32Array.of(value);
      view = whole(buffer, [], 'float32');
      this.scalars.set(key, view);
    }
    return view;
  }

  map(
    code: number,
    inputs: View[],
    dtype: Dtype = 'float32',
    immediates: [number, number] = [0, 0],
  ): View {
    let shape: readonly number[] = [];
    for (const view of inputs) shape = broadcastShapes(shape, view.shape);
    let views = inputs.map((view) => broadcastView(view, shape));
    const simple = simplify(code, views);
    if (simple) return { ...simple, dtype };
    // A dimension along which nothing varies is computed once.
    const small = shape.map((dim, d) => (views.every((view) => view.strides[d] === 0) ? 1 : dim));
    views = views.map((view) => ({ ...view, shape: small }));
    const key = `${code}|${immediates}|${views.map(viewKey).join('|')}`;
    let result = this.shared.get(key);
    if (!result) {
      const out = this.computed(sizeOf(small), views);
      this.push({ kind: 'map', code, inputs: views, immediates, shape: small, out });
      result = whole(out, small, dtype);
      this.shared.set(key, result);
    }
    return broadcastView({ ...result, dtype }, shape);
  }

  matmul(a: View, b: View): View {
    const rank = Math.max(a.shape.length, b.shape.length);
    const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const [rows, depth] = a.shape.slice(-2) as [number, number];
    const columns = b.shape[b.shape.length - 1]!;
    const left = this.matrix(broadcastView(a, [...batch, rows, depth]), true);
    const right = this.matrix(broadcastView(b, [...batch, depth, columns]), false);
    const key = `matmul|${viewKey(left)}|${viewKey(right)}`;
    let result = this.shared.get(key);
    if (!result) {
      const shape = [...batch, rows, columns];
      const out = this.computed(sizeOf(shape), [left, right]);
      this.push({ kind: 'matmul', inputs: [left, right], initial: null, out });
      result = whole(out, shape, 'float32');
      this.shared.set(key, result);
    }
    return rank === result.shape.length ? result : this.reshape(result, result.shape.slice(-rank));
  }

  /** A matrix or a batch of them with one distance between matrices and distances that MATMUL takes. */
  private matrix(view: View, isLeft: boolean): View {
    const rank = view.shape.length;
    const [rows, columns] = view.shape.slice(-2) as [number, number];
    const batch = sizeOf(view.shape.slice(0, -2));
    let candidate = reshapeView(view, [batch, rows, columns]);
    if (candidate && isLeft) {
      const [, row, column] = candidate.strides as [number, number, number];
      const free = rows < 4;
      if (!free && row !== 1 && column !== 1)
        candidate = columns === 1 ? withStrides(candidate, [candidate.strides[0]!, row, 1]) : null;
    }
    if (!candidate || rank < 2)
      candidate = reshapeView(this.contiguous(view), [batch, rows, columns])!;
    return candidate;
  }

  reduce(code: number, view: View, axes: readonly number[], keepDims: boolean): View {
    const reduced = view.shape.map((dim, d) => (axes.includes(d) ? 1 : dim));
    const shape = keepDims ? reduced : view.shape.filter((_, d) => !axes.includes(d));
    if (sizeOf(reduced) === sizeOf(view.shape)) return this.reshape(view, shape);
    const key = `reduce|${code}|${axes}|${viewKey(view)}`;
    let result = this.shared.get(key);
    if (!result) {
      const kept = contiguousStrides(reduced);
      const out = this.computed(sizeOf(reduced), [view]);
      const outStrides = view.shape.map((_, d) => (axes.includes(d) ? 0 : kept[d]!));
      this.push({ kind: 'reduce', code, inputs: [view], outStrides, out });
      result = whole(out, reduced, view.dtype);
      this.shared.set(key, result);
    }
    return this.reshape(result, shape);
  }

  reshape(view: View, shape: readonly number[]): View {
    if (sameShape(view.shape, shape)) return view;
    return reshapeView(view, shape) ?? reshapeView(this.contiguous(view), shape)!;
  }

  transpose(view: View, permutation: readonly number[]): View {
    return {
      ...view,
      shape: permutation.map((d) => view.shape[d]!),
      strides: permutation.map((d) => view.strides[d]!),
    };
  }

  /** Elements begin, begin + step, … of each dimension. */
  slice(
    view: View,
    begin: readonly number[],
    shape: readonly number[],
    steps?: readonly number[],
  ): View {
    const part = steps ? null : this.sliceOfParts(view, begin, shape);
    if (part) return part;
    let offset = view.offset;
    begin.forEach((start, d) => (offset += start * view.strides[d]!));
    const strides = view.strides.map((stride, d) => stride * (steps?.[d] ?? 1));
    return { ...view, offset, shape, strides };
  }

  /** A slice that whole parts of an assembled tensor cover exactly: those parts alone. */
  private sliceOfParts(
    view: View,
    begin: readonly number[],
    shape: readonly number[],
  ): View | null {
    const operation = this.producers.get(view.buffer);
    if (operation?.kind !== 'assemble' || !isWhole(view) || !sameShape(view.shape, operation.shape))
      return null;
    const window = { start: [...begin], size: shape };
    const boxes = partBoxes(operation);
    const inside = boxes.map((box, i) => ({ box, i })).filter(({ box }) => overlap(box, window));
    if (inside.some(({ box }) => !contains(window, box))) {
      const only = inside.length === 1 ? inside[0]! : null;
      if (!only || !contains(only.box, window)) return null;
      const from = begin.map((start, d) => start - only.box.start[d]!);
      return { ...this.slice(operation.inputs[only.i]!, from, shape), dtype: view.dtype };
    }
    const covered = inside.reduce((sum, { box }) => sum + sizeOf(box.size), 0);
    if (covered !== sizeOf(shape)) return null;
    const parts = inside.map(({ i }) => operation.inputs[i]!);
    if (parts.length === 1) return { ...parts[0]!, shape, dtype: view.dtype };
    const positions = inside.map(({ box }) => box.start.map((start, d) => start - begin[d]!));
    return this.assemble(parts, positions, shape, null);
  }

  /** A contiguous copy. */
  copy(view: View): View {
    return this.map(fn.COPY, [view], view.dtype);
  }

  /** The view itself where its elements already lie in order, else a copy. */
  contiguous(view: View): View {
    if (isContiguous(view)) return view;
    const copied = this.copy(view);
    if (isContiguous(copied)) return copied;
    // `map` left a broadcast dimension unexpanded: spell it out.
    return this.assemble([view], [view.shape.map(() => 0)], view.shape, null);
  }

  /** A tensor put together from parts at the given positions. */
  assemble(
    parts: View[],
    positions: readonly (readonly number[])[],
    shape: readonly number[],
    fill: number | null,
  ): View {
    const strides = contiguousStrides(shape);
    const out = this.computed(sizeOf(shape), parts);
    const places = positions.map((position) => ({
      offset: position.reduce((sum, start, d) => sum + start * strides[d]!, 0),
      strides,
    }));
    this.push({ kind: 'assemble', inputs: parts, places, shape, fill, out });
    return whole(out, shape, parts[0]!.dtype);
  }

  concat(views: View[], axis: number): View {
    const shape = [...views[0]!.shape];
    shape[axis] = views.reduce((sum, view) => sum + view.shape[axis]!, 0);
    let start = 0;
    const positions = views.map((view) => {
      const position = shape.map((_, d) => (d === axis ? start : 0));
      start += view.shape[axis]!;
      return position;
    });
    return this.assemble(views, positions, shape, null);
  }

  add(a: View, b: View): View {
    return this.mergeSparse(a, b) ?? this.map(fn.ADD, [a, b]);
  }

  /**
   * The sum of two tensors that are zero outside their parts (gradients of slices), where no parts
   * overlap: one tensor with the parts of both.
   */
  private mergeSparse(a: View, b: View): View | null {
    if (!sameShape(a.shape, b.shape) || !isWhole(a) || !isWhole(b)) return null;
    const first = this.producers.get(a.buffer);
    const second = this.producers.get(b.buffer);
    if (first?.kind !== 'assemble' || second?.kind !== 'assemble') return null;
    if (first.fill !== 0 || second.fill !== 0 || !sameShape(first.shape, second.shape)) return null;
    const boxes = [...partBoxes(first), ...partBoxes(second)];
    if (boxes.some((box, i) => boxes.slice(i + 1).some((other) => overlap(box, other))))
      return null;
    const parts = [...first.inputs, ...second.inputs];
    const covered = parts.reduce((sum, part) => sum + sizeOf(part.shape), 0);
    const out = this.computed(sizeOf(first.shape), parts);
    this.push({
      kind: 'assemble',
      inputs: parts,
      places: [...first.places, ...second.places],
      shape: first.shape,
      fill: covered === sizeOf(first.shape) ? null : 0,
      out,
    });
    return whole(out, a.shape, 'float32');
  }

  wholeOperation(
    kind: WholeOperation['kind'],
    inputs: View[],
    parameters: number[],
    shape: readonly number[],
    dtype: Dtype,
  ): View {
    const views = inputs.map((view) => this.contiguous(view));
    const out = this.computed(sizeOf(shape), views);
    this.push({ kind, inputs: views, parameters, out });
    return whole(out, shape, dtype);
  }

  private computed(size: number, inputs: readonly View[]): Buffer {
    return this.buffer(
      size,
      'computed',
      inputs.every((view) => view.buffer.invariant),
    );
  }

  private buffer(size: number, role: Buffer['role'], invariant: boolean): Buffer {
    if (size === 0) throw new CaptureError('A step with empty tensors cannot be captured.');
    const buffer: Buffer = { id: this.buffers.length, size, role, invariant };
    this.buffers.push(buffer);
    return buffer;
  }

  private push(operation: Operation): void {
    this.operations.push(operation);
    this.producers.set(operation.out, operation);
  }
}

function whole(buffer: Buffer, shape: readonly number[], dtype: Dtype): View {
  return { buffer, offset: 0, shape, strides: contiguousStrides(shape), dtype };
}

function withStrides(view: View, strides: number[]): View {
  return { ...view, strides };
}

function viewKey(view: View): string {
  return `${view.buffer.id},${view.offset},${view.shape},${view.strides}`;
}

/** The number that every element is, where that is known. */
function knownValue(view: View): number | null {
  return isUniform(view) && view.buffer.role === 'constant'
    ? view.buffer.values![view.offset]!
    : null;
}

/** x · 1, x / 1, x + 0, x − 0: the other operand, broadcast. Adding 0 only turns −0 into 0. */
function simplify(code: number, views: View[]): View | null {
  if (views.length !== 2) return null;
  const [a, b] = views as [View, View];
  const left = knownValue(a);
  const right = knownValue(b);
  if (code === fn.MUL) return right === 1 ? a : left === 1 ? b : null;
  if (code === fn.ADD) return right === 0 ? a : left === 0 ? b : null;
  if (code === fn.SUB) return right === 0 ? a : null;
  if (code === fn.DIV) return right === 1 ? a : null;
  return null;
}

function partBoxes(operation: AssembleOperation): { start: number[]; size: readonly number[] }[] {
  return operation.inputs.map((part, i) => {
    const { offset, strides } = operation.places[i]!;
    let rest = offset;
    const start = strides.map((stride, d) => {
      if (operation.shape[d] === 1) return 0;
      const index = Math.floor(rest / stride);
      rest -= index * stride;
      return index;
    });
    return { start, size: part.shape };
  });
}

function contains(
  outer: { start: number[]; size: readonly number[] },
  inner: { start: number[]; size: readonly number[] },
): boolean {
  return outer.start.every(
    (start, d) =>
      start <= inner.start[d]! && inner.start[d]! + inner.size[d]! <= start + outer.size[d]!,
  );
}

function overlap(
  a: { start: number[]; size: readonly number[] },
  b: { start: number[]; size: readonly number[] },
): boolean {
  return a.start.every(
    (start, d) => start < b.start[d]! + b.size[d]! && b.start[d]! < start + a.size[d]!,
  );
}
