import type { Curve } from './read';

/** Where the axes of a curve to draw stand, in units of the drawing, and where its numbers have their places. */
export function plot({ from, to }: Pick<Curve, 'from' | 'to'>, points: number) {
  const [width, height, left, right, top, bottom] = [440, 250, 46, 430, 24, 208];
  const inset = 10;
  const span = right - left - 2 * inset;
  return {
    ...{ width, height, left, right, top, bottom },
    /** Of a point, from 0. */
    xAt: (place: number): number => left + inset + (span * place) / (points - 1),
    /** Of a power of ten. */
    yAt: (power: number): number => bottom - ((bottom - top) * (power - from)) / (to - from),
    /** The point nearest to a place of the drawing. */
    pointAt: (x: number): number =>
      Math.min(points - 1, Math.max(0, Math.round(((x - left - inset) / span) * (points - 1)))),
    /** The power of ten at a height of the drawing, held within the axis. */
    powerAt: (y: number): number =>
      Math.min(to, Math.max(from, from + ((bottom - y) / (bottom - top)) * (to - from))),
  };
}

/** A power of ten as it is printed: 10⁻⁴. */
export const powerOfTen = (exponent: number): string =>
  `10${String(exponent).replace(/[-\d]/g, (sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)]!)}`;

/** A positive number with two digits: 0.29, 1.7 × 10⁻⁶. */
export function inDigits(value: number): string {
  const exponent = Math.floor(Math.log10(value));
  if (exponent > -3 && exponent < 4) return String(Number(value.toPrecision(2)));
  const front = (value / 10 ** exponent).toPrecision(2);
  return front === '1.0' ? powerOfTen(exponent) : `${front} × ${powerOfTen(exponent)}`;
}
