import { convolutionMultiplyAdds, convolutionWeights } from '../../engine/closedForms';

export type BlockName = 'bottleneck' | 'basic' | 'wide';

/** One convolution of a block, with its batch norm. */
export interface BlockLayer {
  kernel: number;
  inChannels: number;
  outChannels: number;
  /** Weights, and two numbers a channel of batch norm. */
  parameters: number;
  multiplyAdds: number;
  /** Side of the window of the block's input that a value behind this layer depends on. */
  receptiveField: number;
}

export interface Block {
  name: BlockName;
  layers: BlockLayer[];
  parameters: number;
  multiplyAdds: number;
}

/** What a convolution of a block is: its kernel's side and its output channels. */
type Shape = readonly [kernel: number, outChannels: number];

function blockOf(
  name: BlockName,
  inChannels: number,
  side: number,
  shapes: readonly Shape[],
): Block {
  const layers: BlockLayer[] = [];
  let channels = inChannels;
  let receptiveField = 1;
  for (const [kernel, outChannels] of shapes) {
    const shape = {
      kernel,
      stride: 1,
      padding: (kernel - 1) / 2,
      inChannels: channels,
      outChannels,
    };
    receptiveField += kernel - 1;
    layers.push({
      ...{ kernel, inChannels: channels, outChannels, receptiveField },
      parameters: convolutionWeights(shape) + 2 * outChannels,
      multiplyAdds: convolutionMultiplyAdds(shape, side),
    });
    channels = outChannels;
  }
  const sum = (cost: 'parameters' | 'multiplyAdds') =>
    layers.reduce((total, layer) => total + layer[cost], 0);
  return { name, layers, parameters: sum('parameters'), multiplyAdds: sum('multiplyAdds') };
}

/** 1 × 1 down, 3 × 3, 1 × 1 up (He et al. 2016, figure 5), on a map of `side` × `side` places. */
export const bottleneck = (outer: number, inner: number, side: number): Block =>
  blockOf('bottleneck', outer, side, [
    [1, inner],
    [3, inner],
    [1, outer],
  ]);

/** Two 3 × 3 of equal width. */
export const twoConvolutions = (name: 'basic' | 'wide', channels: number, side: number): Block =>
  blockOf(name, channels, side, [
    [3, channels],
    [3, channels],
  ]);

/** Channels inside a bottleneck: whole ones, and one at least. */
export const innerChannels = (outer: number, reduction: number): number =>
  Math.max(1, Math.floor(outer / reduction));
