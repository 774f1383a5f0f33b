import type { ActivationName, InitializerSpec, MlpSpec, TrainingSpec } from '../../engine/types';
import { significant } from '../../kit/format';
import type { LaneRole } from '../../kit/widget';
import { gainOf } from './gains';
import { rateOf } from './rates';

export type Field = 'few' | 'all';
export type Optimizer = 'momentum' | 'adam';
export type Weights = 'normal' | 'orthogonal';

export interface Setting {
  depth: number;
  field: Field;
  optimizer: Optimizer;
  weights: Weights;
  rateFactor: number;
  width: number;
  batchSize: number;
  steps: number;
  seed: number;
}

export interface Lane {
  name: string;
  label: string;
  role: LaneRole;
  spec: TrainingSpec;
}

interface Runner {
  name: Racer;
  activation: ActivationName;
  label: string;
  role: Lane['role'];
  few?: boolean;
}

/** Who can race: the engine's activation functions, and the sigmoid a second time, re-centred. */
export type Racer = ActivationName | 'sigmoidRecentred';

/** `neutral`: no function at all, and the twin of another one. */
const RUNNERS: readonly Runner[] = [
  { name: 'sigmoid', activation: 'sigmoid', label: 'Sigmoid', role: 'problem', few: true },
  { name: 'softplus', activation: 'softplus', label: 'Softplus', role: 'problem' },
  { name: 'relu', activation: 'relu', label: 'ReLU', role: 'control', few: true },
  { name: 'leakyRelu', activation: 'leakyRelu', label: 'Leaky ReLU', role: 'control' },
  { name: 'gelu', activation: 'gelu', label: 'GELU', role: 'control' },
  { name: 'silu', activation: 'silu', label: 'SiLU', role: 'control' },
  { name: 'tanh', activation: 'tanh', label: 'Tanh', role: 'cure', few: true },
  { name: 'elu', activation: 'elu', label: 'ELU', role: 'cure' },
  { name: 'selu', activation: 'selu', label: 'SELU', role: 'cure' },
  {
    name: 'sigmoidRecentred',
    activation: 'sigmoid',
    label: 'Sigmoid, re-centred',
    role: 'cure',
  },
  { name: 'linear', activation: 'linear', label: 'Linear', role: 'neutral' },
  {
    name: 'geluTanh',
    activation: 'geluTanh',
    label: 'GELU, tanh form',
    role: 'neutral',
  },
];

/** The networks that a setting trains side by side, one for each activation function. */
export function lanesOf(setting: Setting): Lane[] {
  return RUNNERS.filter(({ few }) => few || setting.field === 'all').map(
    ({ name, activation, label, role }) => ({
      name,
      label,
      role,
      spec: specOf(setting, name, activation),
    }),
  );
}

function specOf(setting: Setting, name: Racer, activation: ActivationName): TrainingSpec {
  const { depth, width, batchSize, steps, seed, optimizer } = setting;
  return {
    network: { kind: 'mlp', depth, width, activation, ...drawn(setting, name, activation) },
    task: { kind: 'digits' },
    optimizer: {
      kind: optimizer,
      learningRate: significant(rateOf(setting, name) * setting.rateFactor, 3),
    },
    batchSize,
    steps,
    seed,
  };
}

/** How the weights start. The re-centred sigmoid undoes its slope ¼ and its mean ½ there. */
function drawn(
  { weights }: Setting,
  name: Racer,
  activation: ActivationName,
): Pick<MlpSpec, 'initializer' | 'firstInitializer' | 'bias'> {
  const initializer = (gain: number): InitializerSpec => ({
    kind: weights === 'normal' ? 'leCunNormal' : 'orthogonal',
    gain,
  });
  if (name === 'sigmoidRecentred') {
    return { initializer: initializer(4), firstInitializer: initializer(2), bias: 'recentred' };
  }
  return { initializer: initializer(gainOf(activation)) };
}
