import type { Engine } from '../../engine/types';
import type { OverflowValues } from './params';
import { lanesOf, specOf } from './specs';

/** Trains the chosen setting, and its twin if there is one, in lockstep. */
export default function experiment(values: OverflowValues, engine: Engine) {
  return engine.train(
    Object.fromEntries(lanesOf(values).map((lane) => [lane.name, specOf(lane.values)])),
  );
}
