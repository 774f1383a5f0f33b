import type { ClipSpec, TrainingSpec } from '../../engine/types';
import type { Say } from '../../kit/say';
import type { Lane, LaneRole } from '../../kit/widget';
import { NETWORKS } from './networks';
import type { ClipTrainingSettings } from './params';

/** Time steps over which the networks have to remember one of four symbols. */
const LENGTH = 20;

/** The network without clipping first, then the same ones with it. */
export function lanesOf(settings: ClipTrainingSettings, say: Say): Lane[] {
  const { threshold, valueThreshold, compare } = settings;
  const lane = (name: string, label: string, role: LaneRole, clip?: ClipSpec): Lane => ({
    ...{ name, label, role },
    spec: { ...unclipped(settings), ...(clip && { clip }) },
  });
  const byNorm = (name: string, role: LaneRole, maxNorm: number): Lane =>
    lane(name, `Global norm ${say.number(maxNorm)}`, role, { kind: 'globalNorm', maxNorm });
  const problem = lane('problem', 'No clipping', 'problem');
  const cure = byNorm('cure', 'cure', threshold);
  switch (compare) {
    case 'norm':
      return [problem, cure];
    case 'ways':
      return [
        problem,
        cure,
        lane('value', `Value ${say.number(valueThreshold)}`, 'control', {
          ...{ kind: 'value', maxValue: valueThreshold },
        }),
        lane('perTensor', `Per tensor ${say.number(threshold)}`, 'neutral', {
          ...{ kind: 'perTensorNorm', maxNorm: threshold },
        }),
      ];
    case 'thresholds':
      return [
        problem,
        cure,
        byNorm('tenth', 'control', threshold / 10),
        byNorm('hundredth', 'neutral', threshold / 100),
      ];
  }
}

function unclipped(settings: ClipTrainingSettings): TrainingSpec {
  const { activation, recurrentInitializer } = NETWORKS[settings.network];
  const { learningRate, batchSize, steps, seed } = settings;
  return {
    network: {
      kind: 'recurrent',
      cell: 'rnn',
      hiddenSize: 16,
      activation,
      initializer: { kind: 'glorotUniform' },
      recurrentInitializer,
      outputInitializer: { kind: 'glorotUniform' },
      readout: 'last',
    },
    task: { kind: 'recall', length: LENGTH },
    optimizer: { kind: 'sgd', learningRate },
    ...{ batchSize, steps, seed },
  };
}
