import { digits } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { IsometrySettings } from './params';

/** Gaussian weights of variance gain²/n, and orthogonal ones. */
export function lanesOf(settings: IsometrySettings): Lane[] {
  const { depth, width, activation, gain, optimizer } = settings;
  const spec = (kind: 'leCunNormal' | 'orthogonal', learningRate: number) => {
    const network = { depth, width, activation, initializer: { kind, gain } };
    return digits({ ...network, optimizer: { kind: optimizer, learningRate } }, settings);
  };
  return [
    {
      name: 'problem',
      label: 'Gaussian',
      role: 'problem',
      spec: spec('leCunNormal', settings.learningRate),
    },
    {
      name: 'cure',
      label: 'Orthogonal',
      role: 'cure',
      spec: spec('orthogonal', settings.orthogonalLearningRate),
    },
  ];
}
