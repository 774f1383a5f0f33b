import type { TrainingSpec } from '../../src/engine/types';

type Network = TrainingSpec['network'];
type Task = TrainingSpec['task'];

/** Units of a layer at most. */
const NARROW = 4;
/** Time steps of a sequence at most. */
const SHORT = 5;

/** A network as narrow as can be, and as deep as it is: for questions to which its width is no answer. */
export function narrow(network: Network): Network {
  if ('width' in network) return { ...network, width: Math.min(network.width, NARROW) };
  if ('hiddenSize' in network)
    return { ...network, hiddenSize: Math.min(network.hiddenSize, NARROW) };
  return network;
}

/** A task of sequences as short as show each of its parts: for questions to which their length is no answer. */
export function brief(task: Task): Task {
  if ('length' in task) return { ...task, length: Math.min(task.length, SHORT) };
  if ('delay' in task) return { ...task, delay: Math.min(task.delay, 1) };
  return task;
}
