import { changed, digits, startFor } from '../../kit/training';
import type { Lane } from '../../kit/widget';
import type { BatchSizeSettings } from './params';

/** The same network with batch norm and with layer norm, on the same batches. */
export function lanesOf(settings: BatchSizeSettings): Lane[] {
  const { depth, width, activation, learningRate } = settings;
  const bare = digits(
    {
      ...{ depth, width, activation },
      initializer: startFor(activation),
      optimizer: { kind: 'sgd', learningRate },
    },
    settings,
  );
  return [
    {
      ...{ name: 'problem', label: 'Batch norm', role: 'problem' },
      spec: changed(bare, { batchNorm: true }),
    },
    {
      ...{ name: 'cure', label: 'Layer norm', role: 'cure' },
      spec: changed(bare, { layerNorm: true }),
    },
  ];
}
