import { Rng } from '../../engine/closedForms';
import { firstLayerGradients, type Drawn } from './pass';
import type { FloorResult, FloorSeries, GradientState } from './floors';
import type { FloorValues } from './params';
import { flushing, PRECISIONS, type Precision, type PrecisionName } from './precision';

/** Units a layer, inputs, examples and classes: small, because 3 × 80 networks are computed at once. */
export const SHAPE = { width: 16, batch: 4, classes: 10 };

/**
 * Networks of 1 … maxDepth hidden layers, the deeper ones made by adding layers to the shallower,
 * Glorot-normal weights, zero biases, N(0, 1) inputs, random classes; the gradient of their first
 * layer in three precisions.
 */
export default function experiment(values: FloorValues): FloorResult {
  const depths = Array.from({ length: values.maxDepth }, (_, i) => i + 1);
  const drawn = draw(values.maxDepth, values.seed);
  const scale = 2 ** values.lossScale;
  const entries = PRECISIONS.map((format): [PrecisionName, FloorSeries] => {
    const precision = values.flush ? flushing(format) : format;
    const gradients = firstLayerGradients(drawn, values.activation, scale, precision);
    return [format.name, summarize(gradients, scale, precision)];
  });
  return { depths, precisions: Object.fromEntries(entries) as FloorResult['precisions'] };
}

function draw(depth: number, seed: number): Drawn {
  const { width, batch, classes } = SHAPE;
  const rng = new Rng(seed);
  const normals = (count: number, std: number) =>
    Float64Array.from({ length: count }, () => std * rng.normal());
  return {
    ...SHAPE,
    x: normals(width * batch, 1),
    labels: Int32Array.from({ length: batch }, () => rng.integer(classes)),
    output: normals(classes * width, width ** -0.5),
    hidden: Array.from({ length: depth }, () => normals(width * width, width ** -0.5)),
  };
}

function summarize(gradients: Float64Array[], scale: number, precision: Precision): FloorSeries {
  const series: FloorSeries = {
    norm: [],
    rootMeanSquare: [],
    zeros: [],
    subnormals: [],
    state: [],
  };
  for (const gradient of gradients) {
    const count = gradient.length;
    const zeros = gradient.reduce((n, g) => n + (g === 0 ? 1 : 0), 0);
    const subnormals = gradient.reduce(
      (n, g) => n + (g !== 0 && Math.abs(g) < precision.smallestNormal ? 1 : 0),
      0,
    );
    const norm = Math.hypot(...gradient) / scale;
    series.norm.push(norm);
    series.rootMeanSquare.push(norm / Math.sqrt(count));
    series.zeros.push(zeros / count);
    series.subnormals.push(subnormals / count);
    series.state.push(stateOf(norm, zeros, subnormals, count));
  }
  return series;
}

function stateOf(norm: number, zeros: number, subnormals: number, count: number): GradientState {
  if (!Number.isFinite(norm)) return 'nonFinite';
  if (zeros === count) return 'zero';
  if (zeros > 0) return 'partlyZero';
  return subnormals > 0 ? 'subnormal' : 'normal';
}
