import type { Way } from './clip';

/** What the ways are called at the head of a drawing. */
export const LABELS: Record<Way, string> = {
  globalNorm: 'By global norm',
  value: 'By value',
  perTensorNorm: 'Per tensor',
};
