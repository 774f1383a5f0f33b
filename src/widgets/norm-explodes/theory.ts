import { activationDerivative, activationValue, gaussianMean } from '../../engine/closedForms';
import { withDefaults, type ResolvedMlp, type TrainingSpec } from '../../engine/types';

/**
 * ‖∂L/∂h‖ of each layer over that of the last in a wide plain network, before the first step. A layer divides
 * by the spread of its pre-activations, so it multiplies the mean square of a gradient by E φ′² over what it
 * divided by: the variance over the batch with batch norm (Yang et al. 2019; π/(π − 1) for ReLU), the mean
 * square over the units with layer and RMS norm. Without a norm by σ_w² E φ′² (Schoenholz et al. 2017).
 * Undefined where sums join the layers.
 */
export function theoryOf(spec: TrainingSpec): number[] | undefined {
  const network = withDefaults(spec).network as ResolvedMlp;
  if (network.residual !== 'none') return undefined;
  return factorsOf(network)
    .slice(1)
    .reduceRight((sizes, factor) => [sizes[0]! * Math.sqrt(factor), ...sizes], [1]);
}

/** By what the layers multiply the mean square of a gradient, one entry each. */
function factorsOf({ activation, initializer, depth, batchNorm, layerNorm, rmsNorm }: ResolvedMlp) {
  const factors: number[] = [];
  const weightVariance = initializer.kind === 'heNormal' ? 2 : 1;
  const norms = Boolean(batchNorm || layerNorm || rmsNorm);
  let q = norms ? 1 : weightVariance;
  for (let layer = 1; layer <= depth; layer++) {
    const root = Math.sqrt(q);
    const mean = gaussianMean((z) => activationValue(activation, root * z));
    const square = gaussianMean((z) => activationValue(activation, root * z) ** 2);
    const slope = gaussianMean((z) => activationDerivative(activation, root * z) ** 2);
    if (batchNorm) factors.push(slope / (square - mean * mean));
    else if (norms) factors.push(slope / square);
    else {
      factors.push(weightVariance * slope);
      q = weightVariance * square;
    }
  }
  return factors;
}
