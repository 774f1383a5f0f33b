/** Random steps of supported kernels: shapes, broadcasts, transposes, parts, reductions, products. */
import * as tf from '@tensorflow/tfjs-core/dist/base';
import { sizeOf, type Shapes, type Tensors, type TestStep } from './steps.ts';

/** mulberry32, as whole numbers below a bound. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t = (t ^ (t + Math.imul(t ^ (t >>> 7), t | 61))) >>> 0;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  shuffle(count: number): number[] {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}

/** Sizes on both sides of a vector, a tile and a strip. */
const dims = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33];
const largest = 6000;

type Node = tf.Tensor;
/** A way to go on from one node; null where the node does not fit. */
type Growth = (
  dice: Dice,
  x: Node,
  leaf: (shape: number[]) => Node,
  differentiates: boolean,
) => Node | null;

const smooth: Record<string, (x: Node) => Node> = {
  neg: tf.neg,
  square: (x) => tf.square(tf.tanh(x)),
  exp: (x) => tf.exp(tf.clipByValue(x, -3, 3)),
  expm1: (x) => tf.expm1(tf.tanh(x)),
  log: (x) => tf.log(tf.add(tf.square(x), 0.5)),
  log1p: (x) => tf.log1p(tf.square(x)),
  sqrt: (x) => tf.sqrt(tf.add(tf.square(x), 0.1)),
  rsqrt: (x) => tf.rsqrt(tf.add(tf.square(x), 0.1)),
  reciprocal: (x) => tf.reciprocal(tf.add(tf.square(x), 0.5)),
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  erf: tf.erf,
  relu: tf.relu,
  leakyRelu: (x) => tf.leakyRelu(x, 0.1),
  elu: tf.elu,
  selu: tf.selu,
  abs: tf.abs,
  sin: tf.sin,
  cos: tf.cos,
  clip: (x) => tf.clipByValue(x, -0.6, 0.7),
};

/** Jumps: applied to leaves alone, where both sides see the same bits. */
const jumps: Record<string, (x: Node) => Node> = {
  sign: tf.sign,
  step: (x) => tf.step(x, 0.3),
  floor: (x) => tf.floor(tf.mul(x, 4)),
  ceil: (x) => tf.ceil(tf.mul(x, 4)),
  round: (x) => tf.round(tf.mul(x, 4)),
  greater: (x) => tf.cast(tf.greater(x, 0.1), 'float32'),
  lessEqual: (x) => tf.cast(tf.lessEqual(x, -0.1), 'float32'),
  not: (x) => tf.cast(tf.logicalNot(tf.greater(x, 0)), 'float32'),
  isNaN: (x) => tf.cast(tf.isNaN(x), 'float32'),
  isFinite: (x) => tf.cast(tf.isFinite(tf.div(1, tf.relu(x))), 'float32'),
  argMax: (x) => tf.cast(tf.argMax(x, x.rank - 1), 'float32'),
  oneHot: (x) => tf.cast(tf.oneHot(tf.cast(tf.add(tf.mul(x, 2), 2), 'int32'), 5), 'float32'),
  mod: (x) => tf.mod(tf.mul(x, 5), 0.75),
};

const pairs: Record<string, (a: Node, b: Node) => Node> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: (a, b) => tf.div(a, tf.add(tf.square(b), 0.5)),
  maximum: tf.maximum,
  minimum: tf.minimum,
  squaredDifference: tf.squaredDifference,
  pow: (a, b) => tf.pow(tf.add(tf.square(a), 0.3), tf.tanh(b)),
};

const axesOf = (dice: Dice, rank: number): number[] => {
  const axes = Array.from({ length: rank }, (_, d) => d).filter(() => dice.chance(50));
  return axes.length > 0 ? axes : [dice.below(rank)];
};

const growths: Record<string, Growth> = {
  smooth: (dice, x) => smooth[dice.pick(Object.keys(smooth))]!(x),
  pair: (dice, x, leaf, differentiates) => {
    // The partner lacks leading dimensions, or has ones where x varies.
    const shape = x.shape
      .slice(dice.chance(30) ? dice.below(x.rank + 1) : 0)
      .map((dim) => (dice.chance(35) ? 1 : dim));
    let partner = leaf(shape);
    const name = dice.pick(Object.keys(pairs));
    // tfjs does not reduce these gradients to a broadcast operand's shape.
    if (['maximum', 'minimum', 'squaredDifference'].includes(name) && differentiates)
      partner = leaf(x.shape);
    const combine = pairs[name]!;
    return dice.chance(50) ? combine(x, partner) : combine(partner, x);
  },
  select: (dice, x, leaf) => {
    const chosen = Uint8Array.from({ length: x.size }, () => dice.below(2));
    return tf.where(tf.tensor(chosen, x.shape, 'bool'), x, leaf(x.shape));
  },
  transpose: (dice, x) => tf.transpose(x, dice.shuffle(x.rank)),
  reshape: (dice, x) =>
    tf.reshape(x, dice.chance(30) ? [-1] : dice.chance(50) ? [...x.shape, 1] : [1, -1]),
  merge: (_, x) =>
    x.rank < 2 ? null : tf.reshape(x, [x.shape[0]! * x.shape[1]!, ...x.shape.slice(2)]),
  slice: (dice, x) => {
    if (x.rank === 0) return null;
    const begin = x.shape.map((dim) => dice.below(dim));
    return tf.slice(
      x,
      begin,
      x.shape.map((dim, d) => 1 + dice.below(dim - begin[d]!)),
    );
  },
  strided: (dice, x) => {
    if (x.rank === 0 || x.rank > 4) return null;
    return tf.stridedSlice(
      x,
      x.shape.map(() => 0),
      [...x.shape],
      x.shape.map(() => 1 + dice.below(2)),
    );
  },
  pad: (dice, x) =>
    x.rank === 0 || x.rank > 4
      ? null
      : tf.pad(
          x,
          x.shape.map(() => [dice.below(2), dice.below(3)] as [number, number]),
        ),
  tile: (dice, x) =>
    x.rank === 0
      ? null
      : tf.tile(
          x,
          x.shape.map(() => 1 + dice.below(2)),
        ),
  reverse: (dice, x) => (x.rank === 0 ? null : tf.reverse(x, axesOf(dice, x.rank))),
  concat: (dice, x, leaf) => {
    if (x.rank === 0) return null;
    const axis = dice.below(x.rank);
    const other = leaf(x.shape.map((dim, d) => (d === axis ? dice.pick(dims.slice(0, 5)) : dim)));
    return tf.concat(dice.chance(50) ? [x, other] : [other, x, x], axis);
  },
  stack: (dice, x, leaf) =>
    x.rank > 3 ? null : tf.stack([x, leaf(x.shape)], dice.below(x.rank + 1)),
  unstack: (dice, x) => {
    // tfjs has no gradient for unstacking one slice.
    const axes = x.shape.map((dim, d) => (dim > 1 ? d : -1)).filter((d) => d >= 0);
    return axes.length === 0 ? null : dice.pick(tf.unstack(x, dice.pick(axes)));
  },
  split: (dice, x) => {
    const even = x.shape.map((dim, d) => (dim % 2 === 0 ? d : -1)).filter((d) => d >= 0);
    if (even.length === 0) return null;
    const [a, b] = tf.split(x, 2, dice.pick(even));
    return dice.chance(50) ? tf.mul(a!, b!) : b!;
  },
  gather: (dice, x) => {
    if (x.rank === 0) return null;
    const axis = dice.below(x.rank);
    const count = 1 + dice.below(5);
    return tf.gather(
      x,
      tf.tensor1d(
        Array.from({ length: count }, () => dice.below(x.shape[axis]!)),
        'int32',
      ),
      axis,
    );
  },
  sum: (dice, x) => (x.rank === 0 ? null : tf.sum(x, axesOf(dice, x.rank), dice.chance(40))),
  sumAll: (_, x) => tf.sum(x),
  mean: (dice, x) => (x.rank === 0 ? null : tf.mean(x, axesOf(dice, x.rank), dice.chance(40))),
  max: (dice, x) => (x.rank === 0 ? null : tf.max(x, axesOf(dice, x.rank), dice.chance(40))),
  min: (dice, x) => (x.rank === 0 ? null : tf.min(x, axesOf(dice, x.rank), dice.chance(40))),
  cumsum: (dice, x) =>
    x.rank === 0 ? null : tf.cumsum(x, dice.below(x.rank), dice.chance(50), dice.chance(50)),
  softmax: (_, x) => (x.rank === 0 ? null : tf.softmax(x)),
  logSoftmax: (_, x) => (x.rank === 0 ? null : tf.logSoftmax(x)),
  matMul: (dice, x, leaf) => {
    if (x.rank < 2) return null;
    const [transposeX, transposeOther, first] = [dice.chance(50), dice.chance(50), dice.chance(50)];
    const batch = x.shape.slice(0, -2);
    const [rows, columns] = x.shape.slice(-2) as [number, number];
    const size = dice.pick(dims);
    const inner = first === transposeX ? rows : columns;
    const shape = first === transposeOther ? [size, inner] : [inner, size];
    const other = leaf([...batch, ...shape]);
    const scale = tf.scalar(1 / Math.sqrt(inner));
    return tf.mul(
      scale,
      first
        ? tf.matMul(x, other, transposeX, transposeOther)
        : tf.matMul(other, x, transposeOther, transposeX),
    );
  },
};

/** Growths whose gradients tfjs gets right for every shape. */
const differentiable = Object.keys(growths).filter(
  (name) => !['strided', 'reverse', 'cumsum', 'max', 'min'].includes(name),
);

/**
 * A random step: about a dozen operations from one leaf, a few leaves beside it; every second one
 * also takes gradients with respect to all leaves. Equal seeds give equal graphs.
 */
export function randomStep(seed: number): TestStep {
  const leaves: Shapes = {};
  const withGradients = seed % 2 === 1;

  /** Builds the graph; the first call, on tensors made up on the spot, also finds the leaves. */
  const build = (inputs: Tensors | null): { outputs: Tensors; result: Node } => {
    const dice = new Dice(seed);
    let made = 0;
    const leaf = (shape: number[]): Node => {
      const name = `leaf${made++}`;
      leaves[name] ??= [...shape];
      return inputs?.[name] ?? tf.fill(shape, 0.5);
    };
    const start = (rank: number): number[] => {
      const shape = Array.from({ length: rank }, () => dice.pick(dims));
      while (sizeOf(shape) > largest / 4) shape[shape.indexOf(Math.max(...shape))] = 2;
      return shape;
    };
    const outputs: Tensors = {};
    let x = leaf(start(dice.below(5)));
    if (!withGradients && x.rank > 0 && dice.chance(60)) {
      outputs['jump'] = jumps[dice.pick(Object.keys(jumps))]!(x);
    }
    const names = withGradients ? differentiable : Object.keys(growths);
    const count = 4 + dice.below(12);
    for (let k = 0; k < count; k++) {
      const next = growths[dice.pick(names)]!(dice, x, leaf, withGradients);
      if (!next || next.size > largest || next.size === 0 || next.rank > 5) continue;
      if (dice.chance(20)) outputs[`mid${k}`] = next;
      if (dice.chance(25)) outputs[`branch${k}`] = tf.tanh(tf.add(x, x));
      x = next;
    }
    return { outputs: { ...outputs, result: x }, result: x };
  };
  tf.tidy(() => void build(null));

  return {
    state: {},
    feeds: { ...leaves },
    step: (inputs) => {
      if (!withGradients) return build(inputs).outputs;
      const names = Object.keys(leaves);
      const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
        const named = Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
        const { result } = build(named);
        const all = tf.sum(tf.mul(result, tf.tanh(result)));
        // Leaves whose growth was given up still need a path.
        return tensors.reduce((sum, t) => tf.add(sum, tf.sum(t)), all) as tf.Scalar;
      })(names.map((name) => inputs[name]!));
      return {
        ...build(inputs).outputs,
        value,
        ...Object.fromEntries(grads.map((g, i) => [`grad.${names[i]}`, g])),
      };
    },
  };
}
