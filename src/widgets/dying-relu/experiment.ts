import type { Engine } from '../../engine/types';
import { lanesOf, type Setting } from './specs';

/** Trains the ReLU network and what it is compared with, in lockstep, and counts dead units. */
export default function dyingRelu(setting: Setting, engine: Engine) {
  return engine.train(Object.fromEntries(lanesOf(setting).map(({ name, spec }) => [name, spec])), {
    statistics: ['deadUnits'],
  });
}
