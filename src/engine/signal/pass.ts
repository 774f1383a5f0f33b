import { valuesOf } from '../backends/device';
import { stream } from '../start/rng';
import { activationOp } from '../step/activation';
import { clone, keep, matMul, tensor, tidy, valueAndGrads } from '../step/tf';
import type { Tensor } from '../step/tf';
import type { ActivationName } from '../spec/training';
import type { SignalBackward, SignalForward } from './report';
import type { SignalPassSpec } from './spec';
import type { MatrixStream, NormalSource } from './normals';
import { backwardReport, drawInputs, drawOuterGradient, forwardReport, gramOf } from './report';

/** Weights that exist at once, in numbers: 8 MB. */
const blockSize = 2 ** 21;

/** What a layer computed, [width, inputs]: activations, and φ′(z) as tfjs differentiates φ. */
interface Layer {
  h: Float32Array;
  slopes: Float32Array;
}

/**
 * One pass forward and backward through a wide network on the tfjs backend that is set, a layer at
 * each `next`. The weights are drawn in blocks of rows for the forward pass, and once more, in blocks
 * of columns, for the backward pass; no matrix is ever whole. Matrices hold one input a column, so
 * that both passes multiply a block from the left. Each block's product is read back at once, so a
 * slow device is never asked for more than one.
 */
export class SignalPass {
  private readonly spec: SignalPassSpec;
  private readonly normals: NormalSource;
  private readonly pause: () => Promise<void>;
  private readonly input: Float32Array;
  private readonly layers: Layer[] = [];
  /** ∂L/∂h of the layer that the backward pass comes to next. */
  private gradient: Float32Array;
  private backwardLayer: number;

  /** @param pause lets the thread hear messages between blocks. */
  constructor(spec: SignalPassSpec, normals: NormalSource, pause: () => Promise<void>) {
    this.spec = spec;
    this.normals = normals;
    this.pause = pause;
    const [data, noise] = [stream(spec.seed, 'data'), stream(spec.seed, 'noise')];
    this.input = drawInputs(spec, () => data.normal());
    this.gradient = drawOuterGradient(spec, () => noise.normal());
    this.backwardLayer = spec.depth;
  }

  get done(): boolean {
    return this.backwardLayer === 0;
  }

  /** The next layer's report: forward 1 … depth, then backward depth … 1. */
  next(): Promise<SignalForward | SignalBackward> {
    return this.layers.length < this.spec.depth ? this.forward() : this.backward();
  }

  private async forward(): Promise<SignalForward> {
    const { activation } = this.spec;
    const layer = this.layers.length + 1;
    const z = await this.product(layer, 'rowsOf', this.layers.at(-1)?.h ?? this.input);
    const phi = (x: Tensor): Tensor => applied(activation, x);
    const ones = new Float32Array(z.length).fill(1);
    const h = await computed(() => phi(this.matrix(z)));
    const slopes = await computed(
      () => valueAndGrads(phi)([this.matrix(z)], this.matrix(ones)).grads[0]!,
    );
    this.layers.push({ h, slopes });
    return forwardReport(layer, activation, { h, slopes });
  }

  private async backward(): Promise<SignalBackward> {
    const { inputs } = this.spec;
    const layer = this.backwardLayer;
    const dh = this.gradient;
    const { slopes } = this.layers[layer - 1]!;
    const dz = dh.map((value, i) => value * slopes[i]!);
    const report = backwardReport(layer, {
      dh,
      gram: gramOf(dz, inputs),
      gramBelow: gramOf(this.layers[layer - 2]?.h ?? this.input, inputs),
    });
    if (layer > 1) this.gradient = await this.product(layer, 'columnsOf', dz);
    this.backwardLayer--;
    return report;
  }

  /** W · signal by blocks of rows, or Wᵀ · signal by blocks of columns. */
  private async product(
    layer: number,
    part: 'rowsOf' | 'columnsOf',
    signal: Float32Array,
  ): Promise<Float32Array> {
    const { width, inputs } = this.spec;
    const rows = Math.min(width, Math.max(8, Math.floor(blockSize / width / 8) * 8));
    const right = keep(this.matrix(signal));
    const out = new Float32Array(width * inputs);
    try {
      for (let first = 0; first < width; first += rows) {
        const count = Math.min(rows, width - first);
        const weights = this.normals[part](matrixOf(this.spec, layer), first, count);
        const block = await computed(() =>
          matMul(tensor(weights, [count, width]) as never, right as never),
        );
        out.set(block, first * inputs);
        await this.pause();
      }
      return out;
    } finally {
      right.dispose();
    }
  }

  private matrix(values: Float32Array): Tensor {
    return tensor(values, [this.spec.width, this.spec.inputs]);
  }
}

/** φ(z); a copy where φ is the identity, which tfjs cannot differentiate otherwise. */
const applied = (name: ActivationName, z: Tensor): Tensor => clone(activationOp(name)(z));

/** The values of what is computed; rejects where the device is lost. */
async function computed(compute: () => Tensor): Promise<Float32Array> {
  const result = tidy(compute);
  try {
    return await valuesOf(result);
  } finally {
    result.dispose();
  }
}

/** Where the weights of a layer stand in the stream of the parameters. */
export function matrixOf({ seed, width, gain }: SignalPassSpec, layer: number): MatrixStream {
  return {
    seed,
    from: (layer - 1) * width * width,
    rows: width,
    columns: width,
    std: gain / Math.sqrt(width),
  };
}
