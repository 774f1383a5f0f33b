import { formatNumber } from './charts/numbers';

export { formatNumber };

/** A share from 0 to 1 as a percentage. */
export function formatPercent(share: number, locale = 'en'): string {
  if (!Number.isFinite(share)) return formatNumber(share, { locale });
  return share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 });
}

/** A whole count. */
export function formatCount(count: number, locale = 'en'): string {
  return count.toLocaleString(locale, { maximumFractionDigits: 0 });
}

/** A number to so many significant digits, as a number; non-finite ones unchanged. */
export function significant(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}
