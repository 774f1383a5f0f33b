import type { Mean } from './comparison';

/** Images of each part of the digits. */
const images = { test: 360, training: 1437 };

/** A difference that a reference allows, and the reason for it. */
export interface Allowed {
  difference: number;
  why: string;
}

/** Up to which difference another mean is the same, as far as the reference itself says. */
export function allowedBy(reference: Mean): Allowed {
  if ('sd' in reference) return { difference: 2 * reference.sd, why: '2 sd over PyTorch’s seeds' };
  if ('shareOf' in reference) return ofShare(reference.mean, reference.shareOf);
  if ('decimals' in reference) return ofRounding(reference.decimals);
  return { difference: reference.slack, why: reference.why };
}

/** By how much a number may be off that was rounded to so many decimals. */
export const ofRounding = (decimals: number): Allowed => ({
  difference: 0.5 * 10 ** -decimals,
  why: 'the reference is rounded',
});

const ofShare = (share: number, part: keyof typeof images): Allowed => ({
  difference: 2 * Math.sqrt((share * (1 - share)) / images[part]),
  why: `2 sd of a share of ${images[part]} ${part} images`,
});
