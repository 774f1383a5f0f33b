const SUPERSCRIPTS: Record<string, string> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** An exponent as superscript digits: −6 → ⁻⁶. */
export function superscript(exponent: number): string {
  return [...String(exponent)].map((character) => SUPERSCRIPTS[character] ?? character).join('');
}

/**
 * A number for readers: `digits` significant digits in the locale's writing, as a × 10ⁿ below 0.001
 * and from 100,000 on. Non-finite numbers are written NaN, Infinity and −Infinity.
 */
export function formatNumber(value: number, locale = 'en', digits = 3): string {
  if (!Number.isFinite(value)) return String(value).replace('-', '−');
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    const [mantissa = '0', exponent = '0'] = value.toExponential(digits - 1).split('e');
    return `${plain(Number(mantissa), locale, digits)} × 10${superscript(Number(exponent))}`;
  }
  return plain(value, locale, digits);
}

/** A share from 0 to 1 as a percentage. */
export function formatPercent(share: number, locale = 'en'): string {
  if (!Number.isFinite(share)) return formatNumber(share, locale);
  return share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 });
}

/** A count. */
export function formatCount(count: number, locale = 'en'): string {
  return count.toLocaleString(locale, { maximumFractionDigits: 0 });
}

function plain(value: number, locale: string, digits: number): string {
  return value.toLocaleString(locale, { maximumSignificantDigits: digits }).replace(/^-/, '−');
}

/** A number to so many significant digits, as a number; non-finite ones unchanged. */
export function significant(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}
