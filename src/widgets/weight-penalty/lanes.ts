import type { PenaltySpec, TrainingSpec } from '../../engine/types';
import type { Say } from '../../kit/say';
import type { Lane, LaneRole } from '../../kit/widget';
import { NETWORKS } from './networks';
import type { PenaltySettings } from './params';

type Kind = PenaltySettings['kind'];

/** The recurrent matrix. */
const TENSORS = ['Wh'];

const KINDS: Record<Kind, { label: string; field: keyof PenaltySpec }> = {
  l2: { label: 'L2', field: 'l2' },
  l1: { label: 'L1', field: 'l1' },
  decoupled: { label: 'Decoupled', field: 'weightDecay' },
};

/** Threshold of the network that is clipped instead. */
const THRESHOLD = 1;

/** The network without any penalty first, then the same one with it, and what else it is set beside. */
export function lanesOf(settings: PenaltySettings, say: Say): Lane[] {
  const { kind, strength, compare } = settings;
  const lane = (
    name: string,
    label: string,
    role: LaneRole,
    more: Partial<TrainingSpec> = {},
    gain = settings.gain,
  ): Lane => ({ ...{ name, label, role }, spec: { ...bare(settings, gain), ...more } });
  const penalized = (name: string, role: LaneRole, of: Kind): Lane =>
    lane(name, `${KINDS[of].label} ${say.number(strength)}`, role, {
      penalty: { [KINDS[of].field]: strength, tensors: TENSORS },
    });
  const problem = lane('problem', 'No penalty', 'problem');
  const clipped = lane('clip', `Norm clipped to ${say.number(THRESHOLD)}`, 'control', {
    clip: { kind: 'globalNorm', maxNorm: THRESHOLD },
  });
  switch (compare) {
    case 'clip':
      return [problem, penalized('cure', 'cure', kind), clipped];
    case 'cures':
      return [
        problem,
        penalized('cure', 'cure', kind),
        clipped,
        lane('start', 'Factor 1 at the start', 'neutral', {}, 1),
      ];
    case 'kinds':
      return [
        problem,
        penalized('l2', 'cure', 'l2'),
        penalized('decoupled', 'control', 'decoupled'),
        penalized('l1', 'neutral', 'l1'),
      ];
  }
}

function bare(settings: PenaltySettings, gain: number): TrainingSpec {
  const { activation, start, task } = NETWORKS[settings.network];
  const { learningRate, optimizer, batchSize, steps, seed } = settings;
  return {
    network: {
      kind: 'recurrent',
      cell: 'rnn',
      hiddenSize: 16,
      activation,
      initializer: { kind: 'glorotUniform' },
      recurrentInitializer: start(gain),
      outputInitializer: { kind: 'glorotUniform' },
      readout: 'last',
    },
    task,
    optimizer: { kind: optimizer, learningRate },
    ...{ batchSize, steps, seed },
  };
}
