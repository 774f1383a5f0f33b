/**
 * What each tfjs kernel means, in terms of the tracer. This table is all that capturing knows of
 * tfjs: a kernel that is not in it makes a step run eagerly.
 */
import { CaptureError } from './errors.ts';
import * as fn from './assembly/elementwise.ts';
import * as op from './assembly/opcodes.ts';
import { broadcastView, sizeOf, type Dtype, type View } from './graph.ts';
import type { Tracer } from './tracer.ts';

/** Attributes as tfjs passes them; each kernel reads its own. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Attributes = any;
type Inputs = Record<string, View> & ArrayLike<View>;
export type Kernel = (tracer: Tracer, inputs: Inputs, attributes: Attributes) => View | View[];

const unary =
  (code: number, dtype?: Dtype): Kernel =>
  (tracer, { x }) =>
    tracer.map(code, [x!], dtype);

const binary =
  (code: number, dtype?: Dtype): Kernel =>
  (tracer, { a, b }) =>
    tracer.map(code, [a!, b!], dtype ?? wider(a!, b!));

function wider(a: View, b: View): Dtype {
  return a.dtype === 'int32' && b.dtype === 'int32' ? 'int32' : 'float32';
}

function axesOf(axis: number | number[] | null | undefined, rank: number): number[] {
  if (axis === undefined || axis === null) return Array.from({ length: rank }, (_, d) => d);
  return [axis].flat().map((a) => (a < 0 ? a + rank : a));
}

const reduction =
  (code: number, attribute = 'axis', dtype?: Dtype): Kernel =>
  (tracer, { x }, attributes) => {
    const axes = axesOf(attributes[attribute], x!.shape.length);
    const result = tracer.reduce(code, x!, axes, attributes.keepDims ?? false);
    return dtype ? { ...result, dtype } : result;
  };

function mean(tracer: Tracer, x: View, axes: number[], keepDims: boolean): View {
  const count = axes.reduce((product, d) => product * x.shape[d]!, 1);
  const sum = tracer.reduce(op.SUM, { ...x, dtype: 'float32' }, axes, keepDims);
  return tracer.map(fn.DIV, [sum, tracer.scalar(count)]);
}

/** softmax or its logarithm along the last axis, shifted by the maximum so that exp cannot overflow. */
function softmax(tracer: Tracer, logits: View, logarithm: boolean): View {
  const axis = [logits.shape.length - 1];
  const shifted = tracer.map(fn.SUB, [logits, tracer.reduce(op.MAX, logits, axis, true)]);
  const powers = tracer.map(fn.EXP, [shifted]);
  const total = tracer.reduce(op.SUM, powers, axis, true);
  return logarithm
    ? tracer.map(fn.SUB, [shifted, tracer.map(fn.LOG, [total])])
    : tracer.map(fn.DIV, [powers, total]);
}

/** The last two dimensions exchanged where `transposed` says so. */
function matrix(tracer: Tracer, view: View, transposed: boolean): View {
  if (!transposed) return view;
  const rank = view.shape.length;
  const permutation = Array.from({ length: rank }, (_, d) => d);
  permutation[rank - 1] = rank - 2;
  permutation[rank - 2] = rank - 1;
  return tracer.transpose(view, permutation);
}

function split(tracer: Tracer, x: View, axis: number, sizes: readonly number[]): View[] {
  let start = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, d) => (d === axis ? start : 0));
    start += size;
    return tracer.slice(
      x,
      begin,
      x.shape.map((dim, d) => (d === axis ? size : dim)),
    );
  });
}

function argExtreme(wantMinimum: number): Kernel {
  return (tracer, { x }, { axis }) => {
    const [d] = axesOf(axis, x!.shape.length) as [number];
    const shape = x!.shape.filter((_, i) => i !== d);
    const parameters = [
      wantMinimum,
      sizeOf(x!.shape.slice(0, d)),
      x!.shape[d]!,
      sizeOf(x!.shape.slice(d + 1)),
    ];
    return tracer.wholeOperation('argExtreme', [x!], parameters, shape, 'int32');
  };
}

function activated(tracer: Tracer, x: View, activation: string | undefined, alpha: number): View {
  const codes: Record<string, number> = {
    relu: fn.RELU,
    relu6: fn.RELU6,
    elu: fn.ELU,
    sigmoid: fn.SIGMOID,
    leakyrelu: fn.LEAKY_RELU,
  };
  if (!activation || activation === 'linear') return x;
  const code = codes[activation];
  if (code === undefined)
    throw new CaptureError(`The fused activation '${activation}' cannot be captured.`);
  return tracer.map(code, [x], 'float32', [alpha, 0]);
}

function cast(tracer: Tracer, x: View, dtype: Dtype): View {
  if (dtype === 'bool' && x.dtype !== 'bool') return tracer.map(fn.TO_BOOL, [x], 'bool');
  if (dtype === 'int32' && x.dtype === 'float32') return tracer.map(fn.TRUNC, [x], 'int32');
  return { ...x, dtype };
}

export const kernels: Record<string, Kernel> = {
  // Aliases: other views of the same numbers.
  Identity: (_, { x }) => x!,
  Reshape: (tracer, { x }, { shape }) => tracer.reshape(x!, inferShape(shape, sizeOf(x!.shape))),
  ExpandDims: (tracer, { input }, { dim }) => {
    const shape = [...input!.shape];
    shape.splice(dim < 0 ? shape.length + 1 + dim : dim, 0, 1);
    return tracer.reshape(input!, shape);
  },
  Cast: (tracer, { x }, { dtype }) => cast(tracer, x!, dtype),
  Transpose: (tracer, { x }, { perm }) => tracer.transpose(x!, perm),
  BroadcastTo: (_, { x }, { shape }) => broadcastView(x!, shape),
  Slice: (tracer, { x }, { begin, size }) => {
    const start = x!.shape.map((_, d) => [begin].flat()[d] ?? 0);
    const sizes = [size].flat();
    const shape = x!.shape.map((dim, d) =>
      sizes[d] === undefined || sizes[d] === -1 ? dim - start[d]! : sizes[d],
    );
    return tracer.slice(x!, start, shape);
  },
  SplitV: (tracer, { x }, { numOrSizeSplits, axis }) => {
    const [d] = axesOf(axis, x!.shape.length) as [number];
    const sizes: number[] = Array.isArray(numOrSizeSplits)
      ? numOrSizeSplits.map((size, _, all) =>
          size < 0 ? x!.shape[d]! - all.reduce((s, n) => s + Math.max(n, 0), 0) : size,
        )
      : new Array<number>(numOrSizeSplits).fill(x!.shape[d]! / numOrSizeSplits);
    return split(tracer, x!, d, sizes);
  },
  Unpack: (tracer, { value }, { axis }) => {
    const [d] = axesOf(axis, value!.shape.length) as [number];
    const shape = value!.shape.filter((_, i) => i !== d);
    const ones = new Array<number>(value!.shape[d]!).fill(1);
    return split(tracer, value!, d, ones).map((part) => tracer.reshape(part, shape));
  },
  StridedSlice: (tracer, { x }, attributes) => stridedSlice(tracer, x!, attributes),

  // Constants.
  Fill: (tracer, _, { shape, value, dtype }) =>
    broadcastView({ ...tracer.scalar(value), dtype: dtype ?? 'float32' }, shape),
  ZerosLike: (tracer, { x }) => broadcastView({ ...tracer.scalar(0), dtype: x!.dtype }, x!.shape),
  OnesLike: (tracer, { x }) => broadcastView({ ...tracer.scalar(1), dtype: x!.dtype }, x!.shape),
  Range: (tracer, _, { start, stop, step, dtype }) => {
    const count = Math.max(0, Math.ceil((stop - start) / step));
    return tracer.constant(
      Array.from({ length: count }, (__, i) => start + i * step),
      [count],
      dtype ?? 'float32',
    );
  },

  // Parts.
  Concat: (tracer, inputs, { axis }) => {
    const views = Array.from(inputs).filter((view) => sizeOf(view.shape) > 0);
    return tracer.concat(views, axesOf(axis, views[0]!.shape.length)[0]!);
  },
  Pack: (tracer, inputs, { axis }) => {
    const views = Array.from(inputs);
    const [d] = axesOf(axis, views[0]!.shape.length + 1) as [number];
    const shape = [...views[0]!.shape];
    shape.splice(d, 0, 1);
    return tracer.concat(
      views.map((view) => tracer.reshape(view, shape)),
      d,
    );
  },
  PadV2: (tracer, { x }, { paddings, constantValue }) => {
    const shape = x!.shape.map((dim, d) => dim + paddings[d][0] + paddings[d][1]);
    if (sizeOf(shape) === sizeOf(x!.shape)) return x!;
    const position = x!.shape.map((_, d) => paddings[d][0]);
    return tracer.assemble([x!], [position], shape, constantValue);
  },
  Tile: (tracer, { x }, { reps }) => {
    // [r₀, d₀, r₁, d₁, …] with distance 0 along every r, read as [r₀·d₀, r₁·d₁, …].
    const shape = x!.shape.flatMap((dim, d) => [reps[d], dim]);
    const strides = x!.strides.flatMap((stride) => [0, stride]);
    return tracer.reshape(
      { ...x!, shape, strides },
      x!.shape.map((dim, d) => dim * reps[d]),
    );
  },
  Reverse: (tracer, { x }, { dims }) => {
    const axes = axesOf(dims, x!.shape.length);
    let offset = x!.offset;
    for (const d of axes) offset += (x!.shape[d]! - 1) * x!.strides[d]!;
    const strides = x!.strides.map((stride, d) => (axes.includes(d) ? -stride : stride));
    return tracer.copy({ ...x!, offset, strides });
  },
  GatherV2: (tracer, { x, indices }, { axis, batchDims }) => {
    if (batchDims) throw new CaptureError('A gather with batch dimensions cannot be captured.');
    const [d] = axesOf(axis ?? 0, x!.shape.length) as [number];
    const before = x!.shape.slice(0, d);
    const after = x!.shape.slice(d + 1);
    const count = sizeOf(indices!.shape);
    const shape = [...before, ...indices!.shape, ...after];
    const parameters = [sizeOf(before), x!.shape[d]!, count, sizeOf(after)];
    return tracer.wholeOperation('gather', [x!, indices!], parameters, shape, x!.dtype);
  },
  UnsortedSegmentSum: (tracer, { x, segmentIds }, { numSegments }) => {
    const inner = x!.shape.slice(segmentIds!.shape.length);
    const rows = sizeOf(segmentIds!.shape);
    const parameters = [rows, sizeOf(inner), numSegments];
    return tracer.wholeOperation(
      'segmentSum',
      [x!, segmentIds!],
      parameters,
      [numSegments, ...inner],
      'float32',
    );
  },
  OneHot: (tracer, { indices }, { depth, onValue, offValue, dtype }) => {
    const column = tracer.reshape(indices!, [...indices!.shape, 1]);
    const classes = tracer.constant(
      Array.from({ length: depth }, (_, i) => i),
      [depth],
      'float32',
    );
    const chosen = tracer.map(fn.EQUAL, [column, classes], dtype ?? 'float32');
    if ((onValue ?? 1) === 1 && (offValue ?? 0) === 0) return chosen;
    return tracer.map(
      fn.SELECT,
      [chosen, tracer.scalar(onValue), tracer.scalar(offValue)],
      dtype ?? 'float32',
    );
  },

  // Products and reductions.
  BatchMatMul: (tracer, { a, b }, { transposeA, transposeB }) =>
    tracer.matmul(matrix(tracer, a!, transposeA), matrix(tracer, b!, transposeB)),
  _FusedMatMul: (
    tracer,
    { a, b, bias },
    { transposeA, transposeB, activation, leakyreluAlpha },
  ) => {
    const product = tracer.matmul(matrix(tracer, a!, transposeA), matrix(tracer, b!, transposeB));
    return activated(
      tracer,
      bias ? tracer.add(product, bias) : product,
      activation,
      leakyreluAlpha ?? 0,
    );
  },
  Sum: (tracer, { x }, attributes) => {
    const result = reduction(op.SUM)(tracer, { x } as unknown as Inputs, attributes) as View;
    return { ...result, dtype: x!.dtype === 'bool' ? 'int32' : x!.dtype };
  },
  Max: reduction(op.MAX, 'reductionIndices'),
  Min: reduction(op.MIN),
  Prod: reduction(op.PROD),
  All: reduction(op.MIN, 'axis', 'bool'),
  Any: reduction(op.MAX, 'axis', 'bool'),
  Mean: (tracer, { x }, { axis, keepDims }) =>
    mean(tracer, x!, axesOf(axis, x!.shape.length), keepDims ?? false),
  ArgMax: argExtreme(0),
  ArgMin: argExtreme(1),
  Cumsum: (tracer, { x }, { axis, exclusive, reverse }) => {
    const [d] = axesOf(axis, x!.shape.length) as [number];
    const sizes = [sizeOf(x!.shape.slice(0, d)), x!.shape[d]!, sizeOf(x!.shape.slice(d + 1))];
    const parameters = [...sizes, exclusive ? 1 : 0, reverse ? 1 : 0];
    return tracer.wholeOperation('cumulate', [x!], parameters, x!.shape, x!.dtype);
  },
  Softmax: (tracer, { logits }) => softmax(tracer, logits!, false),
  LogSoftmax: (tracer, { logits }) => softmax(tracer, logits!, true),
  FusedBatchNorm: (tracer, { x, mean: center, variance, offset, scale }, { varianceEpsilon }) => {
    const spread = tracer.map(fn.SQRT, [
      tracer.map(fn.ADD, [variance!, tracer.scalar(varianceEpsilon)]),
    ]);
    let y = tracer.map(fn.DIV, [tracer.map(fn.SUB, [x!, center!]), spread]);
    if (scale) y = tracer.map(fn.MUL, [y, scale]);
    return offset ? tracer.map(fn.ADD, [y, offset]) : y;
  },

  // Elementwise.
  Neg: unary(fn.NEG),
  Abs: unary(fn.ABS),
  Sign: unary(fn.SIGN),
  Sqrt: unary(fn.SQRT),
  Rsqrt: unary(fn.RSQRT),
  Reciprocal: unary(fn.RECIPROCAL),
  Square: unary(fn.SQUARE),
  Exp: unary(fn.EXP),
  Expm1: unary(fn.EXPM1),
  Log: unary(fn.LOG),
  Log1p: unary(fn.LOG1P),
  Sigmoid: unary(fn.SIGMOID),
  Tanh: unary(fn.TANH),
  Softplus: unary(fn.SOFTPLUS),
  Erf: unary(fn.ERF),
  Sin: unary(fn.SIN),
  Cos: unary(fn.COS),
  Relu: unary(fn.RELU),
  Relu6: unary(fn.RELU6),
  Elu: unary(fn.ELU),
  Selu: unary(fn.SELU),
  Floor: unary(fn.FLOOR),
  Ceil: unary(fn.CEIL),
  Round: unary(fn.ROUND),
  LogicalNot: unary(fn.NOT, 'bool'),
  IsNan: unary(fn.IS_NAN, 'bool'),
  IsInf: unary(fn.IS_INF, 'bool'),
  IsFinite: unary(fn.IS_FINITE, 'bool'),
  Step: (tracer, { x }, { alpha }) => tracer.map(fn.STEP, [x!], 'float32', [alpha ?? 0, 0]),
  LeakyRelu: (tracer, { x }, { alpha }) => tracer.map(fn.LEAKY_RELU, [x!], 'float32', [alpha, 0]),
  ClipByValue: (tracer, { x }, { clipValueMin, clipValueMax }) =>
    tracer.map(fn.CLIP, [x!], x!.dtype, [clipValueMin, clipValueMax]),
  Add: (tracer, { a, b }) => ({ ...tracer.add(a!, b!), dtype: wider(a!, b!) }),
  AddN: (tracer, inputs) => Array.from(inputs).reduce((sum, view) => tracer.add(sum, view)),
  Sub: binary(fn.SUB),
  Multiply: binary(fn.MUL),
  RealDiv: binary(fn.DIV, 'float32'),
  FloorDiv: binary(fn.FLOOR_DIV, 'int32'),
  Mod: binary(fn.MOD),
  Pow: binary(fn.POW),
  Maximum: binary(fn.MAXIMUM),
  Minimum: binary(fn.MINIMUM),
  SquaredDifference: binary(fn.SQUARED_DIFFERENCE),
  Equal: binary(fn.EQUAL, 'bool'),
  NotEqual: binary(fn.NOT_EQUAL, 'bool'),
  Less: binary(fn.LESS, 'bool'),
  LessEqual: binary(fn.LESS_EQUAL, 'bool'),
  Greater: binary(fn.GREATER, 'bool'),
  GreaterEqual: binary(fn.GREATER_EQUAL, 'bool'),
  LogicalAnd: binary(fn.AND, 'bool'),
  LogicalOr: binary(fn.OR, 'bool'),
  Prelu: (tracer, { x, alpha }) => tracer.map(fn.PRELU, [x!, alpha!]),
  EluGrad: (tracer, { dy, y }) => tracer.map(fn.ELU_GRAD, [dy!, y!]),
  Select: (tracer, { condition, t, e }) => {
    // A condition of one dimension chooses rows.
    const rows = condition!.shape.length === 1 && t!.shape.length > 1;
    const shape = rows
      ? [condition!.shape[0]!, ...t!.shape.slice(1).map(() => 1)]
      : condition!.shape;
    return tracer.map(fn.SELECT, [tracer.reshape(condition!, shape), t!, e!], t!.dtype);
  },
};

/** A shape in which one −1 stands for what is left. */
function inferShape(shape: readonly number[], size: number): number[] {
  const known = shape.reduce((product, dim) => (dim === -1 ? product : product * dim), 1);
  return shape.map((dim) => (dim === -1 ? size / known : dim));
}

function stridedSlice(tracer: Tracer, x: View, attributes: Attributes): View {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
    attributes;
  if (ellipsisMask || newAxisMask)
    throw new CaptureError('A strided slice with new or elided axes cannot be captured.');
  const from: number[] = [];
  const steps: number[] = [];
  const shape: number[] = [];
  x.shape.forEach((dim, d) => {
    const step = strides?.[d] ?? 1;
    const bound = (value: number): number =>
      Math.min(
        Math.max(value < 0 ? value + dim : value, step < 0 ? -1 : 0),
        step < 0 ? dim - 1 : dim,
      );
    const first =
      d >= begin.length || beginMask & (1 << d) ? (step < 0 ? dim - 1 : 0) : bound(begin[d]);
    const last = d >= end.length || endMask & (1 << d) ? (step < 0 ? -1 : dim) : bound(end[d]);
    from.push(first);
    steps.push(step);
    shape.push(shrinkAxisMask & (1 << d) ? 1 : Math.max(0, Math.ceil((last - first) / step)));
  });
  const view = tracer.slice(x, from, shape, steps);
  const kept = shape.filter((_, d) => !(shrinkAxisMask & (1 << d)));
  const result = kept.length === shape.length ? view : tracer.reshape(view, kept);
  return steps.some((step) => step < 0) ? tracer.copy(result) : result;
}

/** Used by tests: every kernel that a step may contain. */
export const supportedKernels: readonly string[] = Object.keys(kernels);
