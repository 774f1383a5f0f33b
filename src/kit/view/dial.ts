import type { IntParameter, NumberParameter } from '../parameters';
import { significant } from '../significant';

/** A slider's places: whole numbers from `min` to `max`, and the value that each stands for. */
export interface Dial {
  min: number;
  max: number;
  valueAt(place: number): number;
  /** The place next to a value. */
  placeOf(value: number): number;
}

/** The value as a multiple of 1, 2 or 5 times a power of ten, of the largest that is no longer than a step. */
function rounded(value: number, step: number): number {
  const power = 10 ** Math.floor(Math.log10(step * 1.000001));
  const share = (step / power) * 1.000001;
  const unit = (share < 2 ? 1 : share < 5 ? 2 : 5) * power;
  return significant(Math.round(value / unit) * unit, 12);
}

/**
 * The slider of a number: every whole number, or so many round ones as the parameter has divisions, evenly
 * spaced, by ratio where its scale is `log`. A value with three digits that lies exactly at its place stays.
 */
export function dial(parameter: IntParameter | NumberParameter): Dial {
  const { min, max } = parameter;
  if (parameter.kind === 'int')
    return { min, max, valueAt: (place) => place, placeOf: (value) => value };
  const { scale, divisions = 100 } = parameter;
  const ratio = scale === 'log' ? (max / min) ** (1 / divisions) : 0;
  const step = (max - min) / divisions;
  return {
    min: 0,
    max: divisions,
    valueAt(place) {
      const value = ratio ? min * ratio ** place : min + place * step;
      const short = significant(value, 3);
      return Math.abs(short / value - 1) < 1e-9
        ? short
        : Math.min(max, Math.max(min, rounded(value, ratio ? value * (ratio - 1) : step)));
    },
    placeOf: (value) =>
      Math.round(ratio ? Math.log(value / min) / Math.log(ratio) : (value - min) / step),
  };
}
