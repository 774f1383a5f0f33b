import type { MlpSpec, OptimizerSpec } from '../../engine/types';
import { digits } from '../../kit/training';
import type { Say } from '../../kit/say';
import type { Lane, LaneRole } from '../../kit/widget';
import type { RescueSettings } from './params';

/** The values of ε that are compared, the one that fails first. */
const EPSILONS = { larger: [1e-2, 1e-4, 1e-8], smaller: [1e-8, 1e-12, 1e-16] } as const;

/** What momentum sums up of equal gradients: 1/(1 − 0.9) of them. */
const SUMMED = 10;

/** One sigmoid network, trained by several rules or from two starts, the one that fails first. */
export function lanesOf(settings: RescueSettings, say: Say): Lane[] {
  const { compare, depth, width, learningRate, adaptiveRate, epsilon } = settings;
  const lane = (
    name: string,
    label: string,
    role: LaneRole,
    optimizer: OptimizerSpec,
    start: Partial<MlpSpec> = {},
  ): Lane => ({
    ...{ name, label, role },
    spec: digits(
      {
        ...{ depth, width, activation: 'sigmoid', initializer: { kind: 'glorotNormal' } },
        ...start,
        optimizer,
      },
      settings,
    ),
  });
  const adam = (small: number) =>
    ({ kind: 'adam', learningRate: adaptiveRate, epsilon: small }) as const;
  switch (compare) {
    case 'optimizers':
      return [
        lane('problem', 'SGD', 'problem', { kind: 'sgd', learningRate: SUMMED * learningRate }),
        lane('momentum', 'Momentum', 'control', { kind: 'momentum', learningRate }),
        lane('rmsprop', 'RMSProp', 'neutral', {
          ...{ kind: 'rmsprop', learningRate: adaptiveRate, epsilon },
        }),
        lane('cure', 'Adam', 'cure', adam(epsilon)),
      ];
    case 'larger':
    case 'smaller':
      return (['problem', 'control', 'cure'] as const).map((name, i) => {
        const small = EPSILONS[compare][i]!;
        return lane(name, `Adam, ε = ${say.number(small)}`, name, adam(small));
      });
    case 'starts':
      return [
        lane('problem', 'Glorot’s weights', 'problem', adam(epsilon)),
        lane('cure', 'Larger, re-centred', 'cure', adam(epsilon), {
          ...{ initializer: { kind: 'leCunNormal', gain: 4 }, bias: 'recentred' },
          firstInitializer: { kind: 'leCunNormal', gain: 2 },
        }),
      ];
  }
}
