import type { ScheduleSpec } from '../../engine/types';
import { digits } from '../../kit/training';
import type { Say } from '../../kit/say';
import type { Lane, LaneRole } from '../../kit/widget';
import type { WarmUpSettings } from './params';

/** One ReLU network at a constant rate, and under schedules of the same rate. */
export function lanesOf(settings: WarmUpSettings, say: Say): Lane[] {
  const { compare, warmUp, depth, gain, width, optimizer, learningRate, steps } = settings;
  const lane = (name: string, label: string, role: LaneRole, schedule?: ScheduleSpec): Lane => ({
    ...{ name, label, role },
    spec: {
      ...digits(
        {
          ...{ depth, width, activation: 'relu', initializer: { kind: 'heNormal', gain } },
          optimizer: { kind: optimizer, learningRate },
        },
        settings,
      ),
      ...(schedule && { schedule }),
    },
  });
  const over = (name: string, role: LaneRole, count: number): Lane =>
    lane(name, `Warm-up over ${say.count(count)}`, role, { warmUp: count });
  const constant = lane('problem', 'Constant rate', 'problem');
  const cosine = { kind: 'cosine' } as const;
  switch (compare) {
    case 'warmUp':
      return [constant, over('cure', 'cure', warmUp)];
    case 'lengths':
      return [
        constant,
        over('short', 'control', Math.max(1, Math.round(warmUp / 5))),
        over('middle', 'neutral', Math.max(1, Math.round(warmUp / 2))),
        over('cure', 'cure', warmUp),
      ];
    case 'decays':
      return [
        constant,
        lane('cure', 'Cosine', 'cure', { decay: cosine }),
        lane('stepped', 'Two steps to a tenth', 'control', {
          decay: { kind: 'step', every: Math.max(1, Math.round(steps / 3)) },
        }),
      ];
    case 'both':
      return [
        constant,
        over('warmUp', 'control', warmUp),
        lane('cure', 'Warm-up, then a cosine', 'cure', { warmUp, decay: cosine }),
      ];
  }
}
