import { recurrent } from '../../kit/training';
import type { Lane, LaneRole } from '../../kit/widget';
import type { ForgetSettings } from './params';

/** The networks of one run, which differ in their seed alone; two colours, so that no two look alike. */
const DRAWS: { name: string; role: LaneRole }[] = [
  { name: 'problem', role: 'neutral' },
  { name: 'second', role: 'control' },
  { name: 'third', role: 'neutral' },
  { name: 'fourth', role: 'control' },
];

/** Four draws of one network, whose gate that keeps starts with the given bias; they learn to recall a class. */
export const lanesOf = (settings: ForgetSettings): Lane[] =>
  DRAWS.map((draw, i) => {
    const spec = recurrent.recurrentSpec(
      settings.cell === 'lstm' ? 'lstm0' : 'gru0',
      { kind: 'recall', length: settings.length },
      settings,
      // No seed of a run is one of the next run.
      { ...settings, seed: DRAWS.length * settings.seed + i },
    );
    const bias =
      settings.cell === 'lstm' ? { forgetBias: settings.bias } : { updateBias: settings.bias };
    return {
      ...{ ...draw, label: `Draw ${i + 1}` },
      spec: { ...spec, network: { ...spec.network, ...bias } },
    };
  });
