const formats = new Map<string, Intl.NumberFormat>();

const format = (value: number, locale: string, options: Intl.NumberFormatOptions): string => {
  const key = locale + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.NumberFormat(locale, options)));
  // Not every locale's data has the true minus sign.
  return known.format(value).replace('-', '−');
};

const raised = (exponent: number): string =>
  String(exponent).replace(/[-\d]/g, (c) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)]!);

/** 10 to a whole power, as text: `10⁻⁷`. */
export const powerOfTen = (exponent: number): string => `10${raised(exponent)}`;

/**
 * A number for people, in a locale: `0.0312`, `1,437`, `1.2×10⁻⁷`, and the words NaN, Infinity and
 * −Infinity. Whole numbers below a million keep all their digits.
 */
export function formatNumber(
  value: number,
  { locale = 'en', digits = 3 }: { locale?: string; digits?: number } = {},
): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '−Infinity';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return format(value + 0, locale, {});
  const [mantissa, exponent] = value
    .toExponential(digits - 1)
    .split('e')
    .map(Number) as [number, number];
  if (exponent < -3 || exponent > 5) {
    const front = format(mantissa, locale, { maximumSignificantDigits: digits });
    return front === '1' ? powerOfTen(exponent) : `${front}×${powerOfTen(exponent)}`;
  }
  return format(value, locale, { maximumSignificantDigits: Math.max(digits, exponent + 1) });
}

/** The label of a tick on a linear axis whose ticks are `step` apart. */
export function formatTick(value: number, step: number, largest: number, locale: string): string {
  if (largest >= 1e6 || largest < 1e-3) {
    const digits = Math.min(15, Math.max(3, Math.ceil(Math.log10(largest) - Math.log10(step)) + 1));
    return formatNumber(value, { locale, digits });
  }
  const decimals = Math.min(20, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return format(value + 0, locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}
