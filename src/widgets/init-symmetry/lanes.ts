import type { MlpSpec } from '../../engine/types';
import { changed, digits } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import { starts, type SymmetrySettings } from './params';

const random = { kind: 'leCunNormal' } as const;
const zeros = { kind: 'zeros' } as const;
const constant = { kind: 'constant', value: 0.1 } as const;

/** What each start changes of the twin with random weights. */
const STARTS: Record<SymmetrySettings['start'], Partial<MlpSpec>> = {
  constant: { initializer: constant, outputInitializer: constant },
  zeros: { initializer: zeros, outputInitializer: zeros },
  randomOutput: { initializer: constant },
  randomBias: { initializer: constant, outputInitializer: constant, bias: { std: 0.1 } },
};

/** The network with the chosen start, and its twin with random weights. */
export function lanesOf(settings: SymmetrySettings): Lane[] {
  const { start, activation, width, learningRate } = settings;
  const weights = { initializer: random, outputInitializer: random };
  const twin = digits(
    { depth: 2, width, activation, ...weights, optimizer: { kind: 'momentum', learningRate } },
    { batchSize: 32, ...settings },
  );
  const first = changed(twin, STARTS[start]);
  return [
    { name: 'problem', label: starts[start], role: 'problem', spec: first },
    { name: 'cure', label: 'Random weights', role: 'cure', spec: twin },
  ];
}
