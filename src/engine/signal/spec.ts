import { SpecError } from '../errors';
import type { SignalPassSpec } from '../types';

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
