import type { LaneFrame, TrainingFrame } from '../engine/types';
import { significant } from './significant';
import type { LaneResult, TrainingResult } from './widget';

/** A result in which nothing has been computed yet. */
export function emptyResult(lanes: readonly string[]): TrainingResult {
  return { lanes: Object.fromEntries(lanes.map((name) => [name, emptyLane()])) };
}

function emptyLane(): LaneResult {
  return {
    steps: [],
    loss: [],
    accuracy: [],
    frameSteps: [],
    signalGradientNorm: [],
    weightGradientNorm: [],
    weightGradientZeros: [],
    globalNorm: [],
    extra: {},
    final: null,
    firstNonFinite: null,
  };
}

/** The result with one more frame in it. Neither argument is changed. */
export function accumulate(result: TrainingResult, frame: TrainingFrame): TrainingResult {
  const lanes = { ...result.lanes };
  for (const [name, laneFrame] of Object.entries(frame.lanes)) {
    let lane = lanes[name] ?? emptyLane();
    for (const one of [...(laneFrame.lastFinite ?? []), laneFrame])
      if (isNews(lane, one)) lane = extend(lane, one);
    lanes[name] = lane;
  }
  return { lanes };
}

/** A lane that has ended repeats its last frame while the others go on. */
function isNews(lane: LaneResult, frame: LaneFrame): boolean {
  const last = lane.frameSteps.at(-1);
  return (
    last === undefined ||
    frame.step > last ||
    (lane.final === null && frame.final !== undefined) ||
    (lane.firstNonFinite === null && frame.firstNonFinite !== null)
  );
}

function extend(lane: LaneResult, frame: LaneFrame): LaneResult {
  const again = lane.frameSteps.at(-1) === frame.step;
  const first = frame.step - frame.losses.length + 1;
  const news = again ? [] : frame.losses.map((_, i) => first + i);
  const add = <T>(list: T[], entry: T): T[] => (again ? list : [...list, entry]);
  const extra = { ...lane.extra };
  for (const [name, values] of Object.entries(frame.extra ?? {})) {
    extra[name] = add(extra[name] ?? [], values);
  }
  return {
    steps: [...lane.steps, ...news],
    loss: [...lane.loss, ...(again ? [] : frame.losses)],
    accuracy: [...lane.accuracy, ...(again ? [] : frame.accuracies)],
    frameSteps: add(lane.frameSteps, frame.step),
    signalGradientNorm: add(lane.signalGradientNorm, frame.signalGradientNorm),
    weightGradientNorm: add(lane.weightGradientNorm, frame.weightGradientNorm),
    weightGradientZeros: add(lane.weightGradientZeros, frame.weightGradientZeros),
    globalNorm: add(lane.globalNorm, frame.globalNorm),
    extra,
    final: frame.final ?? lane.final,
    firstNonFinite: frame.firstNonFinite ?? lane.firstNonFinite,
  };
}

/** The steps at which any lane has a frame, ascending. */
export function frameSteps(result: TrainingResult): number[] {
  const all = new Set(Object.values(result.lanes).flatMap((lane) => lane.frameSteps));
  return [...all].sort((a, b) => a - b);
}

/** What the result was when `step` was its last step: how a reader steps back through a run. */
export function upToStep(result: TrainingResult, step: number): TrainingResult {
  const cut = (lane: LaneResult): LaneResult => {
    if ((lane.frameSteps.at(-1) ?? 0) <= step) return lane;
    const points = lane.steps.filter((s) => s <= step).length;
    const frames = lane.frameSteps.filter((s) => s <= step).length;
    return {
      steps: lane.steps.slice(0, points),
      loss: lane.loss.slice(0, points),
      accuracy: lane.accuracy.slice(0, points),
      frameSteps: lane.frameSteps.slice(0, frames),
      signalGradientNorm: lane.signalGradientNorm.slice(0, frames),
      weightGradientNorm: lane.weightGradientNorm.slice(0, frames),
      weightGradientZeros: lane.weightGradientZeros.slice(0, frames),
      globalNorm: lane.globalNorm.slice(0, frames),
      extra: mapEntries(lane.extra, (frame) => frame.slice(0, frames)),
      final: null,
      firstNonFinite: null,
    };
  };
  return { lanes: mapEntries(result.lanes, cut) };
}

/**
 * A smaller result for a recording: at most `points` of each curve and `frames` of each per-layer
 * statistic, evenly spaced with both ends kept, to `digits` significant digits.
 */
export function decimate(
  result: TrainingResult,
  { points = 150, frames = 40, digits = 4 } = {},
): TrainingResult {
  const round = (value: number) => significant(value, digits);
  return {
    lanes: mapEntries(result.lanes, (lane) => {
      const kept = spread(lane.steps.length, points);
      const keptFrames = spread(lane.frameSteps.length, frames);
      const rows = (list: number[][]) => pick(list, keptFrames).map((row) => row.map(round));
      return {
        steps: pick(lane.steps, kept),
        loss: pick(lane.loss, kept).map(round),
        accuracy: pick(lane.accuracy, kept).map(round),
        frameSteps: pick(lane.frameSteps, keptFrames),
        signalGradientNorm: rows(lane.signalGradientNorm),
        weightGradientNorm: rows(lane.weightGradientNorm),
        weightGradientZeros: rows(lane.weightGradientZeros),
        globalNorm: pick(lane.globalNorm, keptFrames).map(round),
        extra: mapEntries(lane.extra, rows),
        final: lane.final
          ? (mapEntries(lane.final, (v) =>
              Array.isArray(v) ? v.map(round) : v === null ? null : round(v),
            ) as LaneResult['final'])
          : lane.final,
        firstNonFinite: lane.firstNonFinite,
      };
    }),
  };
}

/** At most `count` indices of a list of `length`, evenly spaced, the first and the last among them. */
function spread(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - 1)) / (count - 1)));
}

const pick = <T>(list: readonly T[], indices: readonly number[]): T[] =>
  indices.filter((i) => i < list.length).map((i) => list[i] as T);

const mapEntries = <T, U>(record: Record<string, T>, change: (entry: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, entry]) => [name, change(entry)]));
