import type { Series } from '../../kit/charts/spec';
import { withDefaults, type ResolvedRecurrent } from '../../engine/types';
import { counting, framesOf, type RanLane } from '../../kit/training';

/** The largest singular value of the recurrent weights, in the latest frame. */
export const spectralNormOf = ({ result }: RanLane): number =>
  framesOf(result, 'spectralNorm').at(-1)?.[0] ?? NaN;

/** σ(b_f), the part of its cell that an LSTM keeps per time step, as its bias opens the forget gate. */
export const keptOf = ({ spec }: RanLane): number => {
  const { forgetBias } = withDefaults(spec).network as ResolvedRecurrent;
  return 1 / (1 + Math.exp(-forgetBias));
};

export const cellOf = ({ spec }: RanLane) => (withDefaults(spec).network as ResolvedRecurrent).cell;

/** More bounds than these hide what was measured. */
const MOST_BOUNDS = 2;

/**
 * What theory says of the memory gradient in the latest frame, from that of the last time step on:
 *
 * - of a plain cell an upper bound: a factor ‖W_h‖₂ per time step, since neither tanh nor ReLU is steeper than 1
 *   (Pascanu et al. 2013);
 * - of an LSTM the way through the cell alone, σ(b_f) per time step (Gers et al. 2000). Other ways add to it.
 *
 * None of a GRU, of a truncated gradient, of more than two plain cells, and before the first frame.
 */
export function theoryOf(lanes: readonly RanLane[]): Series[] {
  const plain = lanes.filter((lane) => cellOf(lane) === 'rnn');
  const bounded = plain.length > MOST_BOUNDS ? [] : plain;
  return [
    ...bounded.flatMap((lane) => powers(lane, 'bound', 'bound', spectralNormOf(lane))),
    ...lanes
      .filter((lane) => cellOf(lane) === 'lstm')
      .flatMap((lane) => powers(lane, 'carousel', 'carousel alone', keptOf(lane))),
  ];
}

function powers(lane: RanLane, id: string, what: string, factor: number): Series[] {
  const { truncation } = withDefaults(lane.spec).network as ResolvedRecurrent;
  const frame = framesOf(lane.result, 'memoryGradientNorm').at(-1);
  if (frame === undefined || truncation !== null) return [];
  const last = frame.at(-1)!;
  return [
    {
      ...{ id: `${id}-${lane.name}`, label: `${what}: ${lane.label}`, role: 'theory' },
      x: counting(frame.length),
      y: frame.map((_, i) => last * factor ** (frame.length - 1 - i)),
    },
  ];
}
