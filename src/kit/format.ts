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

/** A number to so many decimals, zeros and all; `signed` writes a plus sign before what is above 0. */
export function formatFixed(
  value: number,
  decimals: number,
  { locale = 'en', signed = false }: { locale?: string; signed?: boolean } = {},
): string {
  const written = value.toLocaleString(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
  return written.replace('-', '−');
}
