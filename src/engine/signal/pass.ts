import { answerOf } from '../device';
import { stream } from '../rng';
import { activations } from '../step/activations';
import { clone, concat, keep, matMul, tensor, tidy, valueAndGrads } from '../step/tf';
import type { Tensor } from '../step/tf';
import { activationDerivative } from '../theory/activations';
import type { ActivationName, SignalBackward, SignalForward, SignalPassSpec } from '../types';
import type { MatrixStream, NormalSource } from './normals';
import { backwardReport, drawInputs, drawOuterGradient, forwardReport, gramOf } from './report';

import type { Entries } from './report';

/** Weights that exist at once, in numbers: 8 MB. */
const blockSize = 2 ** 21;

/** A layer's tensors, [width, inputs], and their values on this side. */
interface Layer {
  z: Tensor;
  h: Entries;
}

/**
 * One pass forward and backward through a wide network on the tfjs backend that is set, a layer at
 * each `next`. The weights are drawn in blocks of rows for the forward pass, and once more, in blocks
 * of columns, for the backward pass; no matrix is ever whole. Matrices hold one input a column, so
 * that both passes multiply a block from the left.
 */
export class SignalPass {
  private readonly spec: SignalPassSpec;
  private readonly normals: NormalSource;
  private readonly pause: () => Promise<void>;
  private readonly input: Entries;
  private readonly layers: Layer[] = [];
  /** h of the last layer on the way up, ∂L/∂h on the way down. */
  private signal: Tensor;
  private backwardLayer: number;

  /** @param pause lets the thread hear messages between blocks. */
  constructor(spec: SignalPassSpec, normals: NormalSource, pause: () => Promise<void>) {
    this.spec = spec;
    this.normals = normals;
    this.pause = pause;
    const rng = stream(spec.seed, 'data');
    this.input = Float32Array.from(drawInputs(spec, () => rng.normal()));
    this.signal = this.upload(this.input as Float32Array);
    this.backwardLayer = spec.depth;
  }

  get done(): boolean {
    return this.backwardLayer === 0;
  }

  /** The next layer's report: forward 1 … depth, then backward depth … 1. */
  next(): Promise<SignalForward | SignalBackward> {
    return this.layers.length < this.spec.depth ? this.forward() : this.backward();
  }

  dispose(): void {
    this.signal.dispose();
    for (const { z } of this.layers) z.dispose();
    this.layers.length = 0;
  }

  private async forward(): Promise<SignalForward> {
    const { activation } = this.spec;
    const layer = this.layers.length + 1;
    const z = await this.product(layer, 'rowsOf');
    const h = keep(tidy(() => applied(activation, z)));
    this.replaceSignal(h);
    const values = await answer(h);
    this.layers.push({ z, h: values });
    const slopes = (await answer(z)).map((x) => activationDerivative(activation, x));
    const report = forwardReport(layer, activation, { h: values, slopes });
    if (layer === this.spec.depth) {
      const rng = stream(this.spec.seed, 'noise');
      const gradient = Float32Array.from(drawOuterGradient(this.spec, () => rng.normal()));
      this.replaceSignal(this.upload(gradient));
    }
    return report;
  }

  private async backward(): Promise<SignalBackward> {
    const layer = this.backwardLayer;
    const { z } = this.layers[layer - 1]!;
    const phi = (x: Tensor) => applied(this.spec.activation, x);
    const dh = await answer(this.signal);
    const dz = keep(tidy(() => valueAndGrads(phi)([z], this.signal).grads[0]!));
    this.replaceSignal(dz);
    const { inputs } = this.spec;
    const report = backwardReport(layer, {
      dh,
      gram: gramOf(await answer(dz), inputs),
      gramBelow: gramOf(this.layers[layer - 2]?.h ?? this.input, inputs),
    });
    if (layer > 1) this.replaceSignal(await this.product(layer, 'columnsOf'));
    this.backwardLayer--;
    return report;
  }

  /** W · signal by blocks of rows, or Wᵀ · signal by blocks of columns. */
  private async product(layer: number, part: 'rowsOf' | 'columnsOf'): Promise<Tensor> {
    const { width } = this.spec;
    const rows = Math.min(width, Math.max(8, Math.floor(blockSize / width / 8) * 8));
    const blocks: Tensor[] = [];
    try {
      for (let first = 0; first < width; first += rows) {
        const count = Math.min(rows, width - first);
        const weights = this.normals[part](matrixOf(this.spec, layer), first, count);
        blocks.push(
          keep(tidy(() => matMul(tensor(weights, [count, width]) as never, this.signal as never))),
        );
        await this.pause();
      }
      return keep(tidy(() => concat(blocks)));
    } finally {
      for (const block of blocks) block.dispose();
    }
  }

  private upload(values: Float32Array): Tensor {
    return keep(tensor(values, [this.spec.width, this.spec.inputs]));
  }

  private replaceSignal(next: Tensor): void {
    this.signal.dispose();
    this.signal = next;
  }
}

/** φ(z); a copy where φ is the identity, which tfjs cannot differentiate otherwise. */
const applied = (name: ActivationName, z: Tensor): Tensor => clone(activations[name](z));

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

/** A tensor's values; rejects where the device is lost. */
const answer = (t: Tensor): Promise<Float32Array> => answerOf(t.data() as Promise<Float32Array>);
