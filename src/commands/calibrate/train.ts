import type { EngineService, NonFinite } from '../../engine/types';
import type { Plan } from './specifications';

/** Everything that the engine tells of one run, at every step. */
export interface Course {
  loss: number[];
  accuracy: number[];
  globalNorm: number[];
  /** By step, then by layer from the input on. */
  layers: number[][];
  zeros: number[][];
  finalAccuracy: number | null;
  firstNonFinite: NonFinite | null;
}

/** Trains a plan's run to its end, four times what its log shows. */
export async function train(service: EngineService, { spec }: Plan): Promise<Course> {
  const course: Course = {
    loss: [],
    accuracy: [],
    globalNorm: [],
    layers: [],
    zeros: [],
    finalAccuracy: null,
    firstNonFinite: null,
  };
  const session = service.session({ pace: () => ({ steps: 1, milliseconds: Infinity }) });
  for await (const { lanes } of session.train({ run: spec }, { every: 1 })) {
    const frame = lanes['run'];
    if (!frame) continue;
    for (const one of [...(frame.lastFinite ?? []), frame]) {
      if (one.step < course.globalNorm.length) continue;
      course.globalNorm.push(one.globalNorm);
      course.layers.push(one.weightGradientNorm);
      course.zeros.push(one.weightGradientZeros);
    }
    course.loss.push(...frame.losses);
    course.accuracy.push(...frame.accuracies);
    course.finalAccuracy = frame.final?.trainAccuracy ?? course.finalAccuracy;
    course.firstNonFinite ??= frame.firstNonFinite;
  }
  session.close();
  return course;
}
