import { changed, digits } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { DyingSettings } from './params';

/** What takes the place of ReLU; a cure where its slope left of 0 has a lasting say. */
const OTHERS = [
  { name: 'leakyRelu', label: 'Leaky ReLU', role: 'control' },
  { name: 'gelu', label: 'GELU', role: 'control' },
  { name: 'silu', label: 'SiLU', role: 'control' },
  { name: 'elu', label: 'ELU', role: 'cure' },
  { name: 'selu', label: 'SELU', role: 'cure' },
] as const;

/** Bias and learning rate at which ReLU units stay alive. */
const HEALTHY = { bias: 0, optimizer: { kind: 'sgd', learningRate: 0.1 } } as const;

/** The networks that are trained side by side, the ReLU network in question first. */
export function lanesOf(settings: DyingSettings): Lane[] {
  const { bias, learningRate, compare, depth, width } = settings;
  const network = { depth, width, bias, activation: 'relu' } as const;
  const spec = digits(
    { ...network, initializer: { kind: 'heNormal' }, optimizer: { kind: 'sgd', learningRate } },
    settings,
  );
  const beside: Record<DyingSettings['compare'], () => Lane[]> = {
    healthy: () => [
      { name: 'control', label: 'ReLU, healthy', role: 'control', spec: changed(spec, HEALTHY) },
    ],
    functions: () =>
      OTHERS.map((lane) => ({ ...lane, spec: changed(spec, { activation: lane.name }) })),
  };
  return [{ name: 'problem', label: 'ReLU', role: 'problem', spec }, ...beside[compare]()];
}
