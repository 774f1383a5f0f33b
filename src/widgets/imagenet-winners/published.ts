import type { Say } from '../../kit/say';

/** A percentage with the decimals that it was published with, one at least. */
export const published = (value: number, say: Say): string =>
  say.fixed(value, Math.max(1, (String(value).split('.')[1] ?? '').length));
