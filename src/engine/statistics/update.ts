/** What clipping and the optimizer make of the gradient. */
import type { StatisticSlot } from '../step/slots';
import { isWeight, part } from './makers';
import { norm } from './reductions';
import type { Sorted } from './statistic';

/** Each weight matrix with ‖W′ − W‖: what the update has changed after float32 has rounded the new weights. */
function changes({ values, of }: Sorted): { slot: StatisticSlot; size: number }[] {
  const after = of('updated').filter(isWeight);
  return of('parameter')
    .filter(isWeight)
    .map((slot, i) => {
      const change = part(values, after[i]!).map((value, k) => value - values[slot.offset + k]!);
      return { slot, size: norm(change) };
    });
}

/** ‖W′ − W‖ of each weight matrix. */
export const updateNorm = (sorted: Sorted): Record<string, number[]> => ({
  updateNorm: changes(sorted).map(({ size }) => size),
});

/** ‖W′ − W‖/‖W‖ of each weight matrix; 0/0 counts as 0. */
export const updateRatio = (sorted: Sorted): Record<string, number[]> => ({
  updateRatio: changes(sorted).map(({ slot, size }) =>
    size === 0 ? 0 : size / norm(sorted.values, slot),
  ),
});

/** The norm of all gradients after clipping, and the cosine between raw and clipped. */
export function clipping({ values, of }: Sorted): Record<string, number[]> {
  const raw = of('gradient');
  const clipped = of('clippedGradient');
  const total = (slots: StatisticSlot[]): number =>
    Math.hypot(...slots.map((slot) => norm(values, slot)));
  let inner = 0;
  raw.forEach((slot, i) => {
    const other = clipped[i]!.offset;
    for (let k = 0; k < slot.size; k++) inner += values[slot.offset + k]! * values[other + k]!;
  });
  const norms = total(raw) * total(clipped);
  return {
    clippedNorm: [total(clipped)],
    clippedCosine: [norms === 0 ? 1 : Math.max(-1, Math.min(1, inner / norms))],
  };
}
