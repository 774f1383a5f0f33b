import { digitsScale } from '../../engine/types';

/** An input of the digits as the tone of its pixel, from 0 white to 1 black. */
export const toneOf = (input: number): number => input * digitsScale.std + digitsScale.mean;

/** For each digit a row of the held-out part of the digits that a person reads at a glance. */
const rows: Readonly<Record<string, number>> = {
  '0': 8,
  '1': 31,
  '2': 11,
  '3': 24,
  '4': 3,
  '5': 0,
  '6': 53,
  '7': 12,
  '8': 9,
  '9': 15,
};

/** The row of the held-out part that shows a digit. Throws where there is no such digit. */
export function exampleOf(digit: string): number {
  const row = rows[digit];
  if (row === undefined) throw new RangeError(`There is no digit ${digit}.`);
  return row;
}
