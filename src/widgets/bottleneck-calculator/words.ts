import type { BlockName } from './blocks';

export const blockLabels: Record<BlockName, string> = {
  bottleneck: 'bottleneck',
  basic: 'two 3 × 3, inner width',
  wide: 'two 3 × 3, outer width',
};
