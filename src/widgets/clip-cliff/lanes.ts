import type { ClipSpec, TrainingSpec } from '../../engine/types';
import type { Lane } from '../../kit/widget';
import type { CliffSettings } from './params';

/** Two descents from the same start, the second with its gradient clipped. */
export function lanesOf(settings: CliffSettings): Lane[] {
  const spec = unclipped(settings);
  return [
    { name: 'problem', label: 'No clipping', role: 'problem', spec },
    { name: 'cure', label: 'Clipped', role: 'cure', spec: { ...spec, clip: clipOf(settings) } },
  ];
}

function clipOf({ clipping, threshold }: CliffSettings): ClipSpec {
  return clipping === 'value'
    ? { kind: clipping, maxValue: threshold }
    : { kind: clipping, maxNorm: threshold };
}

/** How far a start at random may lie from the one that is set. */
const AROUND = { weightSpread: 0.5, biasSpread: 0.4 } as const;

const unclipped = ({
  weight,
  bias,
  start,
  learningRate,
  steps,
  seed,
}: CliffSettings): TrainingSpec => ({
  network: { kind: 'oneUnit', weight, bias, ...(start === 'around' && AROUND) },
  task: { kind: 'cliff' },
  optimizer: { kind: 'sgd', learningRate },
  batchSize: 1,
  steps,
  seed,
});
