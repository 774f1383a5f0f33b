import type { Engine } from '../../engine/types';
import type { SymmetryValues } from './params';
import { lanesOf } from './specs';

/** Trains the network with the chosen start beside one with random weights, in lockstep. */
export default function initSymmetry(values: SymmetryValues, engine: Engine) {
  return engine.train(Object.fromEntries(lanesOf(values).map((lane) => [lane.name, lane.spec])), {
    statistics: ['weightRank', 'gradientRank', 'distinctUnits'],
  });
}
