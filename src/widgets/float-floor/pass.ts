import { multiply, type Precision } from './precision';

export type FloorActivation = 'sigmoid' | 'tanh';

/** The numbers a pass starts from, in doubles; each precision rounds them when it stores them. */
export interface Drawn {
  /** Inputs, [batch, width]. */
  x: Float64Array;
  /** Class of each example. */
  labels: Int32Array;
  /** W_1, W_2 …, [width, width] each, row i holding the weights into unit i. */
  hidden: Float64Array[];
  /** Output layer, [classes, width]. */
  output: Float64Array;
  width: number;
  batch: number;
  classes: number;
}

const ACTIVATIONS: Record<
  FloorActivation,
  { value: (z: number) => number; gradient: (h: number) => number }
> = {
  sigmoid: { value: (z) => 1 / (1 + Math.exp(-z)), gradient: (h) => h * (1 - h) },
  tanh: { value: Math.tanh, gradient: (h) => 1 - h * h },
};

/**
 * ∂(scale · L)/∂W_1, [width, width], of the networks made of the first d hidden layers and the
 * output layer, for each d of `depths`: whole numbers from 1 to the number of hidden layers, rising.
 * L is the mean softmax cross-entropy. Weights, activations and gradients are rounded to the
 * precision whenever they are stored; exp and tanh are computed in doubles and rounded once. No
 * biases, as they start at zero.
 *
 * The networks share their layers, so one forward pass serves all, and each layer's backward step
 * is one product for all networks that are at least so deep.
 */
export function firstLayerGradients(
  drawn: Drawn,
  depths: readonly number[],
  activation: FloorActivation,
  scale: number,
  precision: Precision,
): Float64Array[] {
  const { width, batch, classes } = drawn;
  const { round } = precision;
  const phi = ACTIVATIONS[activation];
  const stored = (values: Float64Array) => values.map(round);
  const hidden = drawn.hidden.map(stored);
  const output = stored(drawn.output);
  const outputTransposed = transpose(output, classes, width);

  const activations = [stored(drawn.x)];
  for (const weights of hidden) {
    const into = transpose(weights, width, width);
    const z = multiply(activations.at(-1)!, into, [batch, width, width], precision);
    activations.push(z.map((element) => round(phi.value(element))));
  }

  /** ∂/∂h_d, then layer by layer ∂/∂z_l, one row for each example of each network; deepest first. */
  const signal = new Float64Array(depths.length * batch * width);
  const ends = new Set(depths);
  let rows = 0;
  for (let layer = depths.at(-1) ?? 0; layer >= 1; layer--) {
    if (ends.has(layer)) {
      const logits = multiply(
        activations[layer]!,
        outputTransposed,
        [batch, width, classes],
        precision,
      );
      const atLogits = outputGradient(drawn, logits, scale, precision);
      signal.set(multiply(atLogits, output, [batch, classes, width], precision), rows * width);
      rows += batch;
    }
    const slope = activations[layer]!.map((h) => round(phi.gradient(h)));
    for (let k = 0; k < rows * width; k++) {
      signal[k] = round(signal[k]! * slope[k % (batch * width)]!);
    }
    if (layer === 1) break;
    const active = signal.subarray(0, rows * width);
    active.set(multiply(active, hidden[layer - 1]!, [rows, width, width], precision));
  }

  return depths.map((_, i) => {
    const from = (depths.length - 1 - i) * batch * width;
    const atFirst = transpose(signal.subarray(from, from + batch * width), batch, width);
    return multiply(atFirst, activations[0]!, [width, batch, width], precision);
  });
}

/** ∂(scale · L)/∂logits, [batch, classes]: scale · (softmax − one-hot)/batch. */
function outputGradient(drawn: Drawn, logits: Float64Array, scale: number, { round }: Precision) {
  const { classes, batch, labels } = drawn;
  const out = new Float64Array(logits.length);
  for (let c = 0; c < batch; c++) {
    const row = logits.subarray(c * classes, (c + 1) * classes);
    const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const exponentials = row.map((logit) => Math.exp(logit - top));
    const total = exponentials.reduce((a, b) => a + b, 0);
    exponentials.forEach((e, k) => {
      const error = e / total - (labels[c] === k ? 1 : 0);
      out[c * classes + k] = round((scale / batch) * error);
    });
  }
  return out;
}

function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) out[c * rows + r] = a[r * columns + c]!;
  }
  return out;
}
