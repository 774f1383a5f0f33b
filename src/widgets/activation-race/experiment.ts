import type { Engine } from '../../engine/types';
import { lanesOf, type Setting } from './specs';

/** Trains one network for each activation function, in lockstep, on the same batches. */
export default function activationRace(setting: Setting, engine: Engine) {
  return engine.train(Object.fromEntries(lanesOf(setting).map(({ name, spec }) => [name, spec])), {
    statistics: ['preActivationCosine', 'preActivationStd'],
  });
}
