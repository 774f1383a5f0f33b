/** What the bias of a gate says of the memory behind it, while its weights add nothing. */
import type { Series } from '../../kit/charts/spec';
import { spreadOf } from '../../kit/spread';
import { counting, framesOf, type RanLane } from '../../kit/training';

/** σ(b), the share of its memory that a cell keeps per time step. */
export const keptShare = (bias: number): number => 1 / (1 + Math.exp(-bias));

/** 1/(1 − σ(b)), the mean number of time steps for which a number is kept (Tallec & Ollivier 2018). */
export const timeConstant = (bias: number): number => 1 + Math.exp(bias);

const memoryAtStart = ({ result }: RanLane): number[] =>
  framesOf(result, 'memoryGradientNorm')[0] ?? [];

/** The gradient of the memory at time step 1 over that at the last, before the first update. */
export function memoryFirstToLast(lane: RanLane): number {
  const norms = memoryAtStart(lane);
  return (norms[0] ?? NaN) / (norms.at(-1) ?? NaN);
}

/**
 * The way through the memory alone: a factor σ(b) per time step, from the median of the draws at the last time step
 * backwards. Nothing before the first frame.
 */
export function carouselAlone(lanes: readonly RanLane[], bias: number): Series[] {
  const frames = lanes.map(memoryAtStart).filter((frame) => frame.length > 0);
  const length = frames[0]?.length;
  if (length === undefined) return [];
  const last = spreadOf(frames.map((frame) => frame.at(-1)!)).median;
  const times = counting(length);
  return [
    {
      ...{ id: 'carousel', label: 'carousel alone', role: 'theory' },
      x: times,
      y: times.map((time) => last * keptShare(bias) ** (length - time)),
    },
  ];
}
