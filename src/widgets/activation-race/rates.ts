import type { ActivationName } from '../../engine/types';
import type { RaceSettings } from './params';

/** Who can race: the engine's activation functions, and the sigmoid a second time, re-centred. */
export type Racer = ActivationName | 'sigmoidRecentred';

/** Depths at which the learning rates were chosen. */
const DEPTHS = [5, 10, 20] as const;

/** A learning rate at each of these depths, in thousandths. */
type Rates = readonly [number, number, number];

const tuned = (
  normal: Rates,
  orthogonal: Rates,
  adamNormal: Rates,
  adamOrthogonal: Rates,
): Record<RaceSettings['optimizer'], Record<RaceSettings['weights'], Rates>> => ({
  momentum: { normal, orthogonal },
  adam: { normal: adamNormal, orthogonal: adamOrthogonal },
});

/**
 * The best learning rate of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3 (momentum) or 0.0003, 0.001, 0.003,
 * 0.01, 0.03 (Adam) for each function, at the depths above: that with the smallest median training
 * loss after 400 steps over the seeds 101 to 105, width 32, batches of 32. The recordings use other
 * seeds, so nobody's luck is counted twice.
 */
const RATES = {
  // With momentum from normal and from orthogonal weights, then with Adam from both.
  sigmoid: tuned([1, 1, 1], [1, 1, 1], [10, 3, 0.3], [10, 3, 0.3]),
  softplus: tuned([30, 1, 1], [30, 1, 1], [10, 3, 3], [3, 3, 10]),
  relu: tuned([30, 10, 3], [10, 10, 3], [3, 1, 3], [3, 3, 1]),
  leakyRelu: tuned([10, 10, 3], [10, 10, 3], [3, 3, 1], [3, 1, 1]),
  gelu: tuned([10, 10, 10], [10, 10, 3], [3, 1, 1], [3, 1, 1]),
  silu: tuned([10, 30, 10], [10, 3, 10], [3, 3, 3], [3, 1, 3]),
  tanh: tuned([30, 10, 10], [30, 10, 10], [3, 1, 1], [3, 1, 1]),
  elu: tuned([10, 3, 3], [30, 10, 3], [3, 1, 1], [3, 1, 1]),
  selu: tuned([10, 3, 3], [10, 10, 3], [3, 1, 1], [3, 1, 0.3]),
  sigmoidRecentred: tuned([300, 100, 30], [100, 100, 100], [10, 10, 1], [10, 10, 3]),
  linear: tuned([10, 3, 3], [10, 3, 1], [3, 1, 1], [3, 1, 0.3]),
  geluTanh: tuned([10, 10, 10], [10, 3, 3], [3, 3, 3], [3, 1, 3]),
} satisfies Record<Racer, unknown>;

/** The learning rate of a function: that of the tuned depth nearest in ratio. */
export function rateOf(
  { depth, optimizer, weights }: Pick<RaceSettings, 'depth' | 'optimizer' | 'weights'>,
  racer: Racer,
): number {
  const away = DEPTHS.map((tuned) => Math.abs(Math.log(depth / tuned)));
  return RATES[racer][optimizer][weights][away.indexOf(Math.min(...away))]! / 1000;
}
