import type { InitializerSpec, TrainingSpec } from '../../engine/types';
import { significant } from '../../kit/significant';
import { digits } from '../../kit/training';
import { activationLabel } from '../../kit/training/parameters';
import type { Lane, LaneRole } from '../../kit/widget';
import { gainOf } from './gains';
import type { RaceSettings } from './params';
import { rateOf, type Racer } from './rates';

/** In the order drawn. `neutral`: no function at all, and the twin of another one. */
const RACERS: readonly [name: Racer, role: LaneRole][] = [
  ['sigmoid', 'problem'],
  ['softplus', 'problem'],
  ['relu', 'control'],
  ['leakyRelu', 'control'],
  ['gelu', 'control'],
  ['silu', 'control'],
  ['tanh', 'cure'],
  ['elu', 'cure'],
  ['selu', 'cure'],
  ['sigmoidRecentred', 'cure'],
  ['linear', 'neutral'],
  ['geluTanh', 'neutral'],
];
const FEW: readonly Racer[] = ['sigmoid', 'relu', 'tanh'];

/** The networks that are trained side by side, one for each activation function. */
export const lanesOf = (settings: RaceSettings): Lane[] =>
  RACERS.filter(([name]) => settings.field === 'all' || FEW.includes(name)).map(([name, role]) => ({
    name,
    label: labelOf(name),
    role,
    spec: specOf(settings, name),
  }));

const labelOf = (name: Racer): string =>
  name === 'sigmoidRecentred' ? 'Sigmoid, re-centred' : activationLabel(name);

function specOf(settings: RaceSettings, name: Racer): TrainingSpec {
  const { depth, width, optimizer, rateFactor } = settings;
  const learningRate = significant(rateOf(settings, name) * rateFactor, 3);
  const network = { depth, width, ...drawn(settings, name) };
  return digits({ ...network, optimizer: { kind: optimizer, learningRate } }, settings);
}

/** The function and how the weights start. The re-centred sigmoid undoes its slope ¼ and its mean ½ there. */
function drawn({ weights }: RaceSettings, name: Racer) {
  const initializer = (gain: number): InitializerSpec => ({
    kind: weights === 'normal' ? 'leCunNormal' : 'orthogonal',
    gain,
  });
  if (name !== 'sigmoidRecentred')
    return { activation: name, initializer: initializer(gainOf(name)) };
  return {
    activation: 'sigmoid',
    initializer: initializer(4),
    firstInitializer: initializer(2),
    bias: 'recentred',
  } as const;
}
