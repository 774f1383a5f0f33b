/**
 * A network of objects for nodes and links, in double precision, one pass an example: the way of
 * the teaching demonstrations that draw each node. Written anew as a yardstick, with the fields, the
 * objects of functions and the passes of tensorflow/playground's nn.ts, since its speed hangs on
 * them: a class field that is declared without a value exists from the start as `undefined`, and a
 * number that takes its place is kept in an object of its own.
 */
class Link {
  /** "3-7": from node 3 to node 7. */
  id: string;
  source: Node;
  target: Node;
  weight = 0.5;
  /** ∂E/∂w of the present example, its sum over the batch, and of how many examples. */
  gradient = 0;
  gradientSum = 0;
  examples = 0;
  /** A link that no longer takes part, as pruning leaves it. */
  isDead = false;
  regularization: Regularization | null = null;

  constructor(source: Node, target: Node, weight: number) {
    this.id = `${source.id}-${target.id}`;
    this.source = source;
    this.target = target;
    this.weight = weight;
  }
}

interface Regularization {
  slope: (weight: number) => number;
  /** Whether a weight that would change its sign dies instead, as with L1. */
  kills: boolean;
}

interface ActivationFunction {
  value: (z: number) => number;
  slope: (z: number) => number;
}

interface ErrorFunction {
  value: (activation: number, target: number) => number;
  slope: (activation: number, target: number) => number;
}

class Node {
  id: string;
  inputs: Link[] = [];
  bias = 0.1;
  outputs: Link[] = [];
  /** Undefined before the first pass; an input has no pre-activation at all. */
  preActivation!: number;
  activation!: number;
  /** ∂E/∂h and ∂E/∂z of the present example. */
  activationGradient = 0;
  signalGradient = 0;
  biasGradientSum = 0;
  examples = 0;
  activationFunction: ActivationFunction;

  constructor(id: string, bias: number, activationFunction: ActivationFunction) {
    this.id = id;
    this.bias = bias;
    this.activationFunction = activationFunction;
  }

  /** Computes the activation from those of the layer before, and returns it. */
  activate(): number {
    this.preActivation = this.bias;
    for (let j = 0; j < this.inputs.length; j++) {
      const link = this.inputs[j]!;
      this.preActivation += link.weight * link.source.activation;
    }
    this.activation = this.activationFunction.value(this.preActivation);
    return this.activation;
  }
}

export interface ObjectNetwork {
  layers: Node[][];
}

const tanh: ActivationFunction = {
  value: (z: number): number => Math.tanh(z),
  slope: (z: number): number => {
    const h = tanh.value(z);
    return 1 - h * h;
  },
};
const linear: ActivationFunction = { value: (z: number): number => z, slope: (): number => 1 };
const squaredError: ErrorFunction = {
  value: (activation, target) => Math.pow(activation - target, 2),
  slope: (activation, target) => 2 * (activation - target),
};

/** `weights[l]` is [out, in] row-major, `biases[l]` [out]; hidden layers are tanh, the last linear. */
export function objectNetwork(
  inputSize: number,
  weights: readonly ArrayLike<number>[],
  biases: readonly ArrayLike<number>[],
): ObjectNetwork {
  let nodes = 0;
  const node = (bias: number, isLinear: boolean): Node =>
    new Node(String(++nodes), bias, isLinear ? linear : tanh);
  const layers = [Array.from({ length: inputSize }, () => node(0, true))];
  weights.forEach((matrix, l) => {
    const before = layers[l]!;
    layers.push(
      Array.from({ length: biases[l]!.length }, (_, i) => {
        const target = node(biases[l]![i]!, l === weights.length - 1);
        before.forEach((source, j) => {
          const link = new Link(source, target, matrix[i * before.length + j]!);
          target.inputs.push(link);
          source.outputs.push(link);
        });
        return target;
      }),
    );
  });
  return { layers };
}

function forward({ layers }: ObjectNetwork, x: ArrayLike<number>, start: number): void {
  layers[0]!.forEach((node, i) => (node.activation = x[start + i]!));
  for (let l = 1; l < layers.length; l++) {
    const layer = layers[l]!;
    for (let i = 0; i < layer.length; i++) {
      layer[i]!.activate();
    }
  }
}

/** Three passes a layer: signal gradients, weight gradients, gradients of the layer before. */
function backward({ layers }: ObjectNetwork, target: number, error: ErrorFunction): void {
  const output = layers[layers.length - 1]![0]!;
  output.activationGradient = error.slope(output.activation, target);
  for (let l = layers.length - 1; l >= 1; l--) {
    const layer = layers[l]!;
    for (let i = 0; i < layer.length; i++) {
      const node = layer[i]!;
      node.signalGradient =
        node.activationGradient * node.activationFunction.slope(node.preActivation);
      node.biasGradientSum += node.signalGradient;
      node.examples++;
    }
    for (let i = 0; i < layer.length; i++) {
      const node = layer[i]!;
      for (let j = 0; j < node.inputs.length; j++) {
        const link = node.inputs[j]!;
        if (link.isDead) continue;
        link.gradient = node.signalGradient * link.source.activation;
        link.gradientSum += link.gradient;
        link.examples++;
      }
    }
    if (l === 1) continue;
    const before = layers[l - 1]!;
    for (let i = 0; i < before.length; i++) {
      const node = before[i]!;
      node.activationGradient = 0;
      for (let j = 0; j < node.outputs.length; j++) {
        const link = node.outputs[j]!;
        node.activationGradient += link.weight * link.target.signalGradient;
      }
    }
  }
}

/** One batch of gradient descent on the mean squared error over a single output; returns the loss. */
export function trainBatch(
  network: ObjectNetwork,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  learningRate: number,
): number {
  const { layers } = network;
  const inputSize = layers[0]!.length;
  const output = layers[layers.length - 1]![0]!;
  let loss = 0;
  for (let i = 0; i < y.length; i++) {
    forward(network, x, i * inputSize);
    loss += squaredError.value(output.activation, y[i]!);
    backward(network, y[i]!, squaredError);
  }
  for (let l = 1; l < layers.length; l++) {
    for (const node of layers[l]!) {
      if (node.examples > 0) {
        node.bias -= (learningRate * node.biasGradientSum) / node.examples;
        node.biasGradientSum = 0;
        node.examples = 0;
      }
      for (const link of node.inputs) update(link, learningRate);
    }
  }
  return loss / y.length;
}

/** The step of one weight; its regularization is asked for in every step, though there is none here. */
function update(link: Link, learningRate: number): void {
  if (link.isDead) return;
  const slope = link.regularization ? link.regularization.slope(link.weight) : 0;
  if (link.examples === 0) return;
  link.weight -= (learningRate / link.examples) * link.gradientSum;
  const regularized = link.weight - learningRate * slope;
  if (link.regularization?.kills && link.weight * regularized < 0) {
    link.weight = 0;
    link.isDead = true;
  } else {
    link.weight = regularized;
  }
  link.gradientSum = 0;
  link.examples = 0;
}
