import { bottleneck, innerChannels, twoConvolutions, type Block } from './blocks';
import type { BottleneckSettings } from './params';
import { drawSpectrum, type Spectrum } from './spectrum';

export interface BottleneckResult {
  /** Channels inside the bottleneck. */
  inner: number;
  /** The bottleneck, two 3 × 3 that are as wide as its inside, and two that are as wide as its outside. */
  blocks: [Block, Block, Block];
  spectrum: Spectrum;
}

/** The three blocks that these settings compare. */
export function blocksOf({
  width,
  reduction,
  side,
}: BottleneckSettings): BottleneckResult['blocks'] {
  const inner = innerChannels(width, reduction);
  return [
    bottleneck(width, inner, side),
    twoConvolutions('basic', inner, side),
    twoConvolutions('wide', width, side),
  ];
}

/** Costs of the three blocks, and what a random draw of them does to directions. */
export function compare(settings: BottleneckSettings): BottleneckResult {
  const inner = innerChannels(settings.width, settings.reduction);
  return {
    inner,
    blocks: blocksOf(settings),
    spectrum: drawSpectrum(settings.width, inner, settings.seed),
  };
}
