import { recurrent } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { DiagramSettings } from './params';

const LABELS: Record<DiagramSettings['cell'], string> = {
  lstm: 'LSTM',
  gruResetBefore: 'GRU',
  gruResetAfter: 'GRU',
  rnn: 'Plain network',
};

/** One network that learns to add two marked numbers; of one sequence it tells all that its units compute. */
export function lanesOf(settings: DiagramSettings): Lane[] {
  const { cell, bias, length, sequence } = settings;
  const name = cell === 'lstm' ? 'lstm0' : cell === 'rnn' ? 'rnnOrthogonal' : 'gru0';
  const spec = recurrent.recurrentSpec(name, { kind: 'adding', length }, settings, settings);
  const keeps = cell === 'lstm' ? { forgetBias: bias } : cell === 'rnn' ? {} : { updateBias: bias };
  return [
    {
      ...{ name: 'network', label: LABELS[cell], role: 'neutral' },
      spec: {
        ...spec,
        network: { ...spec.network, cell, ...keeps },
        examples: [sequence - 1],
      },
    },
  ];
}
