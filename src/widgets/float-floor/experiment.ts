import { Rng } from '../../engine/closedForms';
import { firstLayerGradients, type Drawn } from './pass';
import type { FloorResult, FloorSeries } from './floors';
import type { FloorSettings } from './params';
import { flushing, PRECISIONS, type Precision, type PrecisionName } from './precision';

/** Units a layer, inputs, examples and classes: small, because 3 × 110 networks are computed at once. */
export const SHAPE = { width: 16, batch: 4, classes: 10 };
/** Networks at most: beyond so many layers they lie further apart in depth. */
const NETWORKS = 110;

/** Every depth up to maxDepth while they are at most 110; else evenly spaced ones. */
export function depthsUpTo(maxDepth: number): number[] {
  const spacing = Math.ceil(maxDepth / NETWORKS);
  return Array.from({ length: Math.floor(maxDepth / spacing) }, (_, i) => (i + 1) * spacing);
}

/**
 * Networks of up to maxDepth hidden layers, the deeper ones made by adding layers to the shallower,
 * Glorot-normal weights, zero biases, N(0, 1) inputs, random classes; the gradient of their first
 * layer in three precisions.
 */
export default function experiment(settings: FloorSettings): FloorResult {
  const depths = depthsUpTo(settings.maxDepth);
  const drawn = draw(settings.maxDepth, settings.seed);
  const scale = 2 ** settings.lossScale;
  const entries = PRECISIONS.map((format): [PrecisionName, FloorSeries] => {
    const precision = settings.flush ? flushing(format) : format;
    const gradients = firstLayerGradients(drawn, depths, settings.activation, scale, precision);
    return [format.name, summarize(gradients, scale, precision)];
  });
  return {
    depths,
    entries: SHAPE.width ** 2,
    precisions: Object.fromEntries(entries) as FloorResult['precisions'],
  };
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
  const share = (gradient: Float64Array, holds: (entry: number) => boolean) =>
    gradient.filter(holds).length / gradient.length;
  return {
    norm: gradients.map((gradient) => Math.hypot(...gradient) / scale),
    zeros: gradients.map((gradient) => share(gradient, (g) => g === 0)),
    subnormals: gradients.map((gradient) =>
      share(gradient, (g) => g !== 0 && Math.abs(g) < precision.smallestNormal),
    ),
  };
}
