/** What the networks will do, known before they run: the linear model first, then deep ones. */
import { fixedPoint } from '../../engine/closedForms';
import type { OverflowSettings } from './params';

/** Examples of the training part of the digits: a batch of that size is the full batch. */
export const EXAMPLES = 1437;

/**
 * λ, the largest eigenvalue of the Hessian of the loss: the mean over all elements of (XW − Y)², X
 * the training part of the digits with a column of ones, Y one-hot. The Hessian, 2XᵀX/(1437 · 10),
 * depends on the data alone; a unit test computes λ from them by power iteration.
 */
export const LARGEST_EIGENVALUE = 6.48423826481;

/**
 * A, the share of the loss at W = 0 that lies along λ's eigenvector v: ‖vᵀG‖²/(2λ), G the gradient
 * at W = 0. After k steps of rate η that share is A (1 − ηλ)^2k. Tested like λ.
 */
export const AMPLITUDE = 0.00985507857228;

/** Elements of the output: examples times classes. */
const ELEMENTS = EXAMPLES * 10;

/** Learning rate at and above which gradient descent on the linear model does not converge: 2/λ. */
export const CRITICAL_RATE = 2 / LARGEST_EIGENVALUE;

/**
 * |1 − ηλ|, the factor of the error along λ's eigenvector at each step, for a learning rate given
 * as a multiple of the critical one, where ηλ is twice the multiple.
 */
export const growthPerStep = (multipleOfCritical: number): number =>
  Math.abs(1 - 2 * multipleOfCritical);

/** The largest float32 number. */
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/**
 * Rule of thumb: the step at which an error of size 1 that grows by `growth` has no finite square
 * in float32, ln √(3.4 · 10³⁸)/ln growth; Infinity where nothing grows.
 */
export const overflowStep = (growth: number): number =>
  growth > 1 ? Math.log(LARGEST) / (2 * Math.log(growth)) : Infinity;

/**
 * The same with the start known: the first step at which the sum of the squared errors, 14,370 times
 * the loss A growth^2k, is beyond float32. What is measured, as long as the sum is taken in float32.
 */
export const exactOverflowStep = (growth: number): number =>
  growth > 1
    ? Math.ceil(Math.log(LARGEST / (ELEMENTS * AMPLITUDE)) / (2 * Math.log(growth)))
    : Infinity;

/**
 * √χ of a wide network drawn like a deep one: the factor by which one hidden layer multiplies ‖∂L/∂z‖
 * on its way back, before any update. Weights c times He's have variance 2c²/fanIn, so χ = 2c² · ½ = c²
 * for ReLU; for tanh χ is taken at the fixed point of the variance (Schoenholz et al. 2017).
 */
export const signalFactor = ({ model, weightScale }: OverflowSettings): number =>
  model === 'relu' ? weightScale : Math.sqrt(fixedPoint('tanh', weightScale, 0).chi);

/**
 * The same for ‖∂L/∂W‖. A weight gradient is the signal gradient times the activation below, and in
 * a ReLU network that grows forwards by the factor by which the signal grows backwards: no change.
 * Tanh activations at the fixed point have one size.
 */
export const weightFactor = (settings: OverflowSettings): number =>
  settings.model === 'relu' ? 1 : signalFactor(settings);

/** ‖∂L/∂z‖ of layer 1 over that of the last hidden layer, before any update. */
export const signalFirstToLast = (settings: OverflowSettings): number =>
  signalFactor(settings) ** (settings.depth - 1);
