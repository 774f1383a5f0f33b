/**
 * Formulas in double precision, for theory drawn over measurements and for pictures that need no
 * training. Nothing here trains a network.
 */
export { initialize } from './initializers';
export { Rng } from './rng';
export { activationDerivative, activationValue, erf } from './theory/activations';
export { isSaturated, saturationThreshold, steepest } from './theory/saturation';
export { chi, fixedPoint, forwardMoments, gaussianMean, nextVariance } from './theory/meanField';
export { cliffDescent, cliffPoint, cliffWall } from './theory/cliff';
export type { CliffPoint, CliffState } from './theory/cliff';
export { scalarChain } from './theory/scalarChain';
export type { ScalarChain } from './theory/scalarChain';
export { signalPassInLaw } from './signal/law';
