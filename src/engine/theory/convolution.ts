/** A layer of windows over square maps: a convolution, or a pooling. */
export interface Windows {
  /** Side of the window. */
  kernel: number;
  stride: number;
  /** Zeros beyond each border. */
  padding: number;
}

/** A convolution over square maps, without groups. */
export interface Convolution extends Windows {
  inChannels: number;
  outChannels: number;
}

/**
 * Side of a square map behind windows that move over one of side `inputSize`: ⌊(n + 2p − k)/s⌋ + 1.
 * Zero or less where no window fits.
 */
export const outputSize = (inputSize: number, { kernel, stride, padding }: Windows): number =>
  Math.floor((inputSize + 2 * padding - kernel) / stride) + 1;

/** Weights of a convolution, without a bias: K² · C_in · C_out. */
export const convolutionWeights = ({ kernel, inChannels, outChannels }: Convolution): number =>
  kernel * kernel * inChannels * outChannels;

/**
 * Multiply-adds of one image in a convolution on a map of side `inputSize`: each weight is used once
 * at each place of the output. What padding adds is counted as well, as usual.
 */
export const convolutionMultiplyAdds = (layer: Convolution, inputSize: number): number =>
  convolutionWeights(layer) * outputSize(inputSize, layer) ** 2;
