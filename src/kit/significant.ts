/** A number to so many significant digits, as a number; non-finite ones unchanged. */
export function significant(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}
