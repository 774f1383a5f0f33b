import type { Engine } from '../../engine/types';
import type { InitValues } from './params';
import { lanesOf } from './specs';

/** Trains the networks of a setting in lockstep and watches their activations. */
export default function initTraining(values: InitValues, engine: Engine) {
  return engine.train(Object.fromEntries(lanesOf(values).map((lane) => [lane.name, lane.spec])), {
    statistics: ['activationStd'],
  });
}
