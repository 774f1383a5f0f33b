/**
 * Formulas in double precision, for theory drawn over measurements and for pictures that need no
 * training. Nothing here trains a network.
 */
export { initialize } from './start/initializers';
export { Rng } from './start/rng';
export { activationDerivative, activationValue } from './theory/activations';
export { convolutionMultiplyAdds, convolutionWeights, outputSize } from './theory/convolution';
export type { Convolution, Windows } from './theory/convolution';
export { identity, matrix, multiply, singularValues } from './statistics/jacobian/matrix';
export type { Matrix } from './statistics/jacobian/matrix';
export { erf } from './theory/erf';
export { isSaturated } from './theory/saturation';
export { chi, fixedPoint, forwardMoments, gaussianMean, nextVariance } from './theory/meanField';
export { cliffDescent, cliffPoint, cliffWall } from './theory/cliff';
export type { CliffPoint, CliffState } from './theory/cliff';
export { learningRateAt } from './theory/schedule';
export { scalarChain } from './theory/scalarChain';
export type { ScalarChain } from './theory/scalarChain';
export { signalPassInLaw } from './signal/law';
