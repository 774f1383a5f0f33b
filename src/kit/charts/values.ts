import { formatNumber } from './numbers';
import type { ChartWords } from './words';

/** Values that have no place on an axis, or no meaning as a size; each is marked, never dropped. */
export type Special =
  'zero' | 'belowFloat32' | 'negative' | 'infinity' | 'minusInfinity' | 'notANumber';

/** The smallest positive number of float32, 2⁻¹⁴⁹ ≈ 1.4e-45. */
export const smallestFloat32 = 2 ** -149;

/** Which kind of special value this is on an axis, or null where it is an ordinary one. */
export function specialOf(value: number, log: boolean): Special | null {
  if (Number.isNaN(value)) return 'notANumber';
  if (value === Infinity) return 'infinity';
  if (value === -Infinity) return 'minusInfinity';
  if (!log) return null;
  if (value === 0) return 'zero';
  if (value < 0) return 'negative';
  return value < smallestFloat32 ? 'belowFloat32' : null;
}

/** A value as the reader meets it: the word for a special one, else the number. */
export function valueText(value: number, log: boolean, words: ChartWords): string {
  const special = specialOf(value, log);
  const number = formatNumber(value, { locale: words.locale });
  if (special === 'belowFloat32') return `${number} (${words.belowFloat32})`;
  return special && special !== 'negative' ? words[special] : number;
}
