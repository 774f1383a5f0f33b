/**
 * The squared error before the first step, in the mean over the draws of weights: c times He’s weights multiply
 * the mean square of the activations by c² per layer, and each of the outputs has that mean square beside the
 * target’s 1 (He et al. 2015, equation 9, with other weights).
 */
export const initialError = (weightScale: number, depth: number): number =>
  1 + OUTPUTS * INPUT_MEAN_SQUARE * weightScale ** (2 * depth);

const OUTPUTS = 10;
/** Of a pixel as the networks see it, over the training part. */
const INPUT_MEAN_SQUARE = 1;
