import { changed, digits, startFor } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { NoiseSettings } from './params';

/** The same network without a norm and with batch norm, each without noise and with the same noise. */
export function lanesOf(settings: NoiseSettings): Lane[] {
  const { depth, width, activation, learningRate, shift, scale } = settings;
  const bare = digits(
    {
      ...{ depth, width, activation },
      initializer: startFor(activation),
      optimizer: { kind: 'sgd', learningRate },
    },
    settings,
  );
  const preActivationNoise = { shift, scale };
  return [
    { ...{ name: 'problem', label: 'No norm', role: 'control' }, spec: bare },
    {
      ...{ name: 'noisy', label: 'No norm, noise', role: 'problem' },
      spec: changed(bare, { preActivationNoise }),
    },
    {
      ...{ name: 'batchNorm', label: 'Batch norm', role: 'neutral' },
      spec: changed(bare, { batchNorm: true }),
    },
    {
      ...{ name: 'noisyBatchNorm', label: 'Batch norm, then noise', role: 'cure' },
      spec: changed(bare, { batchNorm: true, preActivationNoise }),
    },
  ];
}
