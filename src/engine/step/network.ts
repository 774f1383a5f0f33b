import type { TensorInfo } from '../spec/tensors';
import type { Tensor } from './tf';

/** What a forward pass shows of itself while it runs. The returned tensor is used in place of the given one. */
export interface Watch {
  preActivation(tensor: Tensor, name: string, layer: number): Tensor;
  activation(tensor: Tensor, name: string, layer: number): Tensor;
  /** What a gate of an LSTM or a GRU applies its function to. */
  gate(tensor: Tensor, name: string, layer: number): Tensor;
  /**
   * What the reset gate of a GRU lets through, r·h, where it resets before the product; what it is about to multiply,
   * Whn h + bhn, where it resets after it.
   */
  reset(tensor: Tensor, name: string, layer: number): Tensor;
  cell(tensor: Tensor, name: string, layer: number): Tensor;
  /** A weight matrix of a cell, as one time step uses it. */
  weight(tensor: Tensor, name: string, layer: number): Tensor;
}

/** Shows nothing to anyone. */
export const unwatched: Watch = {
  preActivation: (tensor) => tensor,
  gate: (tensor) => tensor,
  reset: (tensor) => tensor,
  activation: (tensor) => tensor,
  cell: (tensor) => tensor,
  weight: (tensor) => tensor,
};

export interface ForwardResult {
  /** The last, linear layer's output. */
  output: Tensor;
  /** Running statistics after this batch (training) or unchanged (inference), in the buffers' order. */
  buffers: Tensor[];
}

/** A tensor [batch, width] that a forward pass shows. */
export interface Watched {
  name: string;
  layer: number;
  width: number;
  /** The gate of an LSTM or a GRU that it belongs to. */
  gate?: string;
}

/** A weight matrix in one time step's use. */
export interface WatchedWeight {
  name: string;
  layer: number;
  shape: number[];
}

/** A tensor of random numbers that are drawn anew for every step. */
export interface NoiseTensor {
  name: string;
  shape: number[];
}

/** A network: its tensors, and its forward pass in tfjs ops. */
export interface Network {
  parameters: TensorInfo[];
  /** Tensors that training changes without a gradient: batch norm's running statistics. */
  buffers: TensorInfo[];
  /** What a training step is given beside its batch: the noise of each layer. */
  noise: NoiseTensor[];
  /** Names of the weight matrices whose gradients make the per-layer profile, input to output. */
  layerWeights: string[];
  /** What `Watch` is shown, in the order of the forward pass. */
  watched: {
    preActivations: Watched[];
    gates: Watched[];
    resets: Watched[];
    activations: Watched[];
    cells: Watched[];
    weights: WatchedWeight[];
  };
  forward(
    parameters: readonly Tensor[],
    buffers: readonly Tensor[],
    x: Tensor,
    training: boolean,
    watch: Watch,
    /** Tensors in the order of `noise`; without them the noise is at its mean, as in use. */
    noise?: readonly Tensor[],
  ): ForwardResult;
}

/** A lookup of tensors by their names, in the order of `infos`. */
export function byName(
  infos: readonly TensorInfo[],
  tensors: readonly Tensor[],
): (name: string) => Tensor {
  const map = new Map(infos.map((info, i) => [info.name, tensors[i]!]));
  return (name) => map.get(name)!;
}
