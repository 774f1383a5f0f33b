import type { LaneFrame, MlpSpec } from '../../engine/types';
import type { TrainingExperiment } from '../../kit/widget';
import { shiftsOf, type UnitMoments } from './shift';

/**
 * Trains the networks with a frame for each step, and puts into each frame how far the inputs of the hidden
 * layers' functions have moved since the frame before (`inputShift`, from step 1 on).
 */
const experiment: TrainingExperiment = async function* (specs, engine) {
  const before = new Map<string, UnitMoments>();
  const options = { statistics: ['unitMean', 'unitStd'], every: 1 };
  for await (const frame of engine.train(specs, options)) {
    const lanes: Record<string, LaneFrame> = {};
    for (const [name, lane] of Object.entries(frame.lanes)) {
      const now = lane.extra as unknown as UnitMoments;
      const last = before.get(name);
      const { depth } = specs[name]!.network as MlpSpec;
      const inputShift = last ? shiftsOf(last, now, depth) : Array<number>(depth).fill(NaN);
      lanes[name] = { ...lane, extra: { inputShift } };
      before.set(name, now);
    }
    yield { ...frame, lanes };
  }
};
export default experiment;
