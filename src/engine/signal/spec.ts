import { SpecError } from '../spec/errors';
import type { ActivationName } from '../spec/training';

/**
 * One pass forward and backward through a wide network as drawn: `depth` layers h_l = φ(W_l h_{l−1})
 * of `width` units without biases, weights N(0, gain²/width), a batch of `inputs` inputs N(0, 1) of
 * `width` entries, and a gradient ∂L/∂h at the last layer of random direction, of norm 1 on average.
 */
export interface SignalPassSpec {
  activation: ActivationName;
  /** 1 … 100. */
  depth: number;
  /** 8 … 8192, a multiple of 8. */
  width: number;
  /** 1 … 256. */
  inputs: number;
  gain: number;
  seed: number;
}

interface Limits {
  from: number;
  to: number;
  multipleOf: number;
}

const limits: Record<'depth' | 'width' | 'inputs', Limits> = {
  depth: { from: 1, to: 100, multipleOf: 1 },
  width: { from: 8, to: 8192, multipleOf: 8 },
  inputs: { from: 1, to: 256, multipleOf: 1 },
};

/** Throws `SpecError` where a field is wrong. */
export function checkSignalPass(spec: SignalPassSpec): void {
  for (const field of ['depth', 'width', 'inputs'] as const) {
    const { from, to, multipleOf } = limits[field];
    const value = spec[field];
    if (!Number.isInteger(value) || value < from || value > to || value % multipleOf !== 0) {
      const multiple = multipleOf > 1 ? `, a multiple of ${multipleOf}` : '';
      throw new SpecError(
        field,
        `${field} is ${value}; allowed: a whole number from ${from} to ${to}${multiple}.`,
      );
    }
  }
  if (!Number.isFinite(spec.gain) || spec.gain < 0) {
    throw new SpecError('gain', `gain is ${spec.gain}; allowed: a finite number from 0 on.`);
  }
}
