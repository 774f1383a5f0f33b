import type { Engine } from '../../engine/types';
import { lanesOf, type Setting } from './specs';

/** Trains the deep sigmoid network and what it is compared with, in lockstep. */
export default function vanishingDepth(setting: Setting, engine: Engine) {
  return engine.train(Object.fromEntries(lanesOf(setting).map((lane) => [lane.name, lane.spec])));
}
