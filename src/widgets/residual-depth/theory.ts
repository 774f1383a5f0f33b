import { activationDerivative, activationValue, gaussianMean } from '../../engine/closedForms';
import {
  withDefaults,
  type ActivationName,
  type ResolvedMlp,
  type TrainingSpec,
} from '../../engine/types';

/** What a wide network does as drawn, one entry for each block's output, the first layer's before them. */
export interface BlockTheory {
  /** Standard deviation of the activations, over units and images. */
  std?: number[];
  /** ‖∂L/∂h‖ over that of the last entry. */
  gradient?: number[];
}

/**
 * Mean-field recursions over the blocks of a wide network without biases, for inputs of mean square 1.
 * A form for which there is no short one is left out: all of the post-activation form, and gradients
 * where a branch has a mean of its own or where batch norm divides by what the branches have added.
 */
export function theoryOf(spec: TrainingSpec): BlockTheory {
  const network = withDefaults(spec).network as ResolvedMlp;
  switch (network.residual) {
    case 'none':
      return plainTheory(network);
    case 'single':
      return singleTheory(network);
    case 'preActivation':
      return preActivationTheory(network);
    case 'postActivation':
      return {};
  }
}

/** σ_w² of some weights: He's rule, LeCun's, or zeros. */
const weightVariance = ({ kind }: ResolvedMlp['initializer']): number =>
  kind === 'zeros' ? 0 : kind === 'heNormal' ? 2 : 1;

/** E φ, Var φ and E φ′² for z ~ N(0, q). */
function momentsOf(name: ActivationName, q: number) {
  const root = Math.sqrt(q);
  const mean = gaussianMean((z) => activationValue(name, root * z));
  const square = gaussianMean((z) => activationValue(name, root * z) ** 2);
  const slope = gaussianMean((z) => activationDerivative(name, root * z) ** 2);
  return { mean, square, variance: Math.max(0, square - mean * mean), slope };
}

/** z_l ~ N(0, q_l); the gradient's mean square is multiplied by σ_w² E φ′² a layer (Schoenholz et al. 2017). */
function plainTheory({ activation, initializer, depth, batchNorm }: ResolvedMlp): BlockTheory {
  const variance = weightVariance(initializer);
  const std: number[] = [];
  const factors: number[] = [];
  let q = batchNorm ? 1 : variance;
  for (let layer = 1; layer <= depth; layer++) {
    const moments = momentsOf(activation, q);
    std.push(Math.sqrt(moments.variance));
    factors.push(batchNorm ? batchNormFactor : variance * moments.slope);
    if (!batchNorm) q = variance * moments.square;
  }
  if (batchNorm && activation !== 'relu') return { std };
  return { std, gradient: backwards(factors.slice(1)) };
}

/** By which a layer of ReLU and batch norm multiplies the mean square of a gradient (Yang et al. 2019). */
const batchNormFactor = Math.PI / (Math.PI - 1);

/**
 * h ← h + αφ(Wh): the mean of φ over the units adds up block by block, its variance too. An odd φ has no
 * mean; only then the gradient's mean square grows by 1 + α²σ_w² E φ′².
 */
function singleTheory(network: ResolvedMlp): BlockTheory {
  const { activation, initializer, branchInitializer, branchScale, depth, batchNorm } = network;
  const first = momentsOf(activation, batchNorm ? 1 : weightVariance(initializer));
  const branchVariance = weightVariance(branchInitializer);
  const std = [Math.sqrt(first.variance)];
  const factors: number[] = [];
  let { mean, variance } = first;
  for (let layer = 2; layer <= depth; layer++) {
    const q = batchNorm ? 1 : branchVariance * (mean * mean + variance);
    const moments = momentsOf(activation, q);
    mean += branchScale * moments.mean;
    variance += branchScale ** 2 * moments.variance;
    std.push(Math.sqrt(variance));
    factors.push(1 + branchScale ** 2 * branchVariance * moments.slope);
  }
  const odd = activation === 'tanh' || activation === 'linear';
  return odd && !batchNorm ? { std, gradient: backwards(factors) } : { std };
}

/**
 * h ← h + αW′φ(Wφ(h)), where W′ has mean 0: the variance of h grows by α²σ_w² E φ². The mean square of the
 * gradient grows by 1 + α²χχ′, with the factors of the two layers.
 */
function preActivationTheory(network: ResolvedMlp): BlockTheory {
  const { activation, initializer, branchInitializer, branchScale, depth, batchNorm } = network;
  const [inner, last] = [initializer, branchInitializer].map(weightVariance) as [number, number];
  let q = inner;
  const std = [Math.sqrt(q)];
  const factors: number[] = [];
  for (let layer = 2; layer < depth; layer += 2) {
    const outer = momentsOf(activation, q);
    const within = momentsOf(activation, batchNorm ? 1 : inner * outer.square);
    q += branchScale ** 2 * last * within.square;
    std.push(Math.sqrt(q));
    factors.push(1 + branchScale ** 2 * inner * outer.slope * last * within.slope);
  }
  return batchNorm ? { std } : { std, gradient: backwards(factors) };
}

/** ‖∂L/∂h‖ of each block over that of the last, from what each multiplies the mean square by. */
const backwards = (factors: readonly number[]): number[] =>
  factors.reduceRight((sizes, factor) => [sizes[0]! * Math.sqrt(factor), ...sizes], [1]);
