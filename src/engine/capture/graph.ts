/**
 * The recorded step between tfjs and the program: operations on buffers, read through views.
 * A view is a buffer with an offset and one distance a dimension, so that reshapes, transposes,
 * slices and broadcasts cost nothing and disappear.
 */

export type Dtype = 'float32' | 'int32' | 'bool';

export interface Buffer {
  id: number;
  /** Floats. Integers and booleans are stored as floats too: exact up to 2^24. */
  size: number;
  /** `state` survives a step, `feed` is written before each, `constant` is known now. */
  role: 'state' | 'feed' | 'constant' | 'computed';
  /** True where the value is the same in every step: constants and what is computed from them. */
  invariant: boolean;
  name?: string;
  values?: Float32Array;
}

export interface View {
  buffer: Buffer;
  offset: number;
  shape: readonly number[];
  strides: readonly number[];
  dtype: Dtype;
}

/** One elementwise operation over `shape`; every input is already broadcast to it. */
export interface MapOperation {
  kind: 'map';
  code: number;
  inputs: View[];
  immediates: [number, number];
  shape: readonly number[];
  out: Buffer;
}

/** out [batch, M, N] = initial + a [batch, M, K] · b [batch, K, N]. */
export interface MatmulOperation {
  kind: 'matmul';
  inputs: View[];
  initial: View | null;
  out: Buffer;
}

export interface ReduceOperation {
  kind: 'reduce';
  code: number;
  inputs: View[];
  /** Distance of each input dimension in the output: 0 where it is reduced. */
  outStrides: number[];
  out: Buffer;
}

/** `out` put together from parts; `fill` is the value of what no part covers, null if all is covered. */
export interface AssembleOperation {
  kind: 'assemble';
  inputs: View[];
  places: { offset: number; strides: number[] }[];
  shape: readonly number[];
  fill: number | null;
  out: Buffer;
}

/** Instructions on whole contiguous tensors with a few numbers. */
export interface WholeOperation {
  kind: 'gather' | 'segmentSum' | 'argExtreme' | 'cumulate';
  inputs: View[];
  parameters: number[];
  out: Buffer;
}

export type Operation =
  MapOperation | MatmulOperation | ReduceOperation | AssembleOperation | WholeOperation;

export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const dim of shape) size *= dim;
  return size;
}

/** Row-major distances. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = stride;
    stride *= shape[d]!;
  }
  return strides;
}

/** True where the view's elements lie one after another in row-major order. */
export function isContiguous(view: View): boolean {
  let stride = 1;
  for (let d = view.shape.length - 1; d >= 0; d--) {
    if (view.shape[d] !== 1 && view.strides[d] !== stride) return false;
    stride *= view.shape[d]!;
  }
  return true;
}

/** True where the view is its whole buffer, in order. */
export function isWhole(view: View): boolean {
  return view.offset === 0 && view.buffer.size === sizeOf(view.shape) && isContiguous(view);
}

/** True where every element is the same number in memory. */
export function isUniform(view: View): boolean {
  return view.strides.every((stride, d) => stride === 0 || view.shape[d] === 1);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, d) => dim === b[d]);
}

/** The shape two shapes broadcast to, as in NumPy; throws where they do not. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let d = 1; d <= rank; d++) {
    const x = a[a.length - d] ?? 1;
    const y = b[b.length - d] ?? 1;
    if (x !== y && x !== 1 && y !== 1)
      throw new Error(`Shapes [${a}] and [${b}] do not broadcast.`);
    shape[rank - d] = x === 1 ? y : x;
  }
  return shape;
}

/** The same elements under a shape that the view's shape broadcasts to. */
export function broadcastView(view: View, shape: readonly number[]): View {
  const missing = shape.length - view.shape.length;
  const strides = shape.map((dim, d) => {
    const own = d - missing;
    return own < 0 || (view.shape[own] === 1 && dim !== 1) ? 0 : view.strides[own]!;
  });
  return { ...view, shape, strides };
}

/** The view under another shape of the same size, or null where that needs a copy. */
export function reshapeView(view: View, shape: readonly number[]): View | null {
  if (isContiguous(view)) return { ...view, shape, strides: contiguousStrides(shape) };
  // Runs of dimensions that can be walked with one distance are split anew.
  const dims: number[] = [];
  const steps: number[] = [];
  view.shape.forEach((dim, d) => {
    if (dim === 1) return;
    const stride = view.strides[d]!;
    const last = dims.length - 1;
    if (last >= 0 && steps[last] === stride * dim) {
      dims[last]! *= dim;
      steps[last] = stride;
    } else {
      dims.push(dim);
      steps.push(stride);
    }
  });
  const strides = new Array<number>(shape.length).fill(0);
  let run = dims.length - 1;
  let rest = run >= 0 ? dims[run]! : 1;
  let stride = run >= 0 ? steps[run]! : 0;
  for (let d = shape.length - 1; d >= 0; d--) {
    const dim = shape[d]!;
    if (dim === 1) continue;
    if (rest === 1 && run > 0) {
      run--;
      rest = dims[run]!;
      stride = steps[run]!;
    }
    if (rest % dim !== 0) return null;
    strides[d] = stride;
    stride *= dim;
    rest /= dim;
  }
  return { ...view, shape, strides };
}

/** The smallest set of dimensions that walks all the given strides alike. */
export function coalesce(
  shape: readonly number[],
  walks: readonly (readonly number[])[],
): { dims: number[]; walks: number[][] } {
  const dims: number[] = [];
  const merged: number[][] = walks.map(() => []);
  shape.forEach((dim, d) => {
    if (dim === 1) return;
    const last = dims.length - 1;
    if (last >= 0 && walks.every((walk, w) => merged[w]![last] === walk[d]! * dim)) {
      dims[last]! *= dim;
      walks.forEach((walk, w) => (merged[w]![last] = walk[d]!));
    } else {
      dims.push(dim);
      walks.forEach((walk, w) => merged[w]!.push(walk[d]!));
    }
  });
  if (dims.length === 0) {
    dims.push(1);
    merged.forEach((walk) => walk.push(0));
  }
  return { dims, walks: merged };
}
