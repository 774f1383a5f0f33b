import type { TrainingSpec } from '../../src/engine/types';

type Network = TrainingSpec['network'];

/** Units of a layer at most. */
const NARROW = 4;

/** A network as narrow as can be, and as deep as it is: for questions to which its width is no answer. */
export function narrow(network: Network): Network {
  if ('width' in network) return { ...network, width: Math.min(network.width, NARROW) };
  if ('hiddenSize' in network)
    return { ...network, hiddenSize: Math.min(network.hiddenSize, NARROW) };
  return network;
}
