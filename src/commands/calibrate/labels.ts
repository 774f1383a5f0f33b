import type { FindingId } from '../../checkup/find/finding';
import { median } from '../../checkup/run/statistics';
import { classesOf } from '../../engine/types';
import type { Plan } from './specifications';
import type { Course } from './train';

/** What is true of a run: the fault is there, it is not, or it lies between (null), and does not count. */
export type Truth = Partial<Record<FindingId, boolean | null>>;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value / values.length, 0);

const between = (yes: boolean, no: boolean): boolean | null => (yes ? true : no ? false : null);

/**
 * The truth about a run from its specification, all its numbers at every step, and its fourfold length. None
 * of it is told by the finder's own rules, and runs between a fault and none are left out.
 */
export function truthOf(plan: Plan, course: Course): Truth {
  const { shown, every } = plan;
  const dead = course.firstNonFinite?.step ?? Infinity;
  const visible = Math.min(shown, dead, course.loss.length);
  return {
    'not-finite': between(dead <= shown - every, dead > shown),
    'gradient-explodes': explodes(course, plan, visible, dead),
    'gradient-vanishes': vanishes(course, plan, visible),
    'stalled-at-chance': stalled(course, plan, visible),
    ...ofLayers(course, plan, visible),
    'clipped-always': clipped(course, plan, visible),
    'rate-too-high': rateTooHigh(course, plan, visible),
    'gradient-spikes': spikes(course, plan, visible),
  };
}

/** How much of the start's loss a run of four times the length has left, or its chance of labels known. */
function learned(course: Course, { spec }: Plan): { well: boolean; not: boolean } {
  const classes = classesOf(spec.task.kind);
  const { loss, accuracy } = course;
  if (course.firstNonFinite) return { well: false, not: true };
  const tail = Math.max(5, Math.floor(loss.length / 10));
  if (classes !== null) {
    const right = mean(accuracy.slice(-tail));
    return {
      well: right > 2 / classes - (classes === 2 ? 0.35 : 0),
      not: right < 1.5 / classes - (classes === 2 ? 0.17 : 0),
    };
  }
  const ratio = mean(loss.slice(-tail)) / mean(loss.slice(0, tail));
  return { well: ratio < 0.8, not: ratio > 0.97 };
}

/** The norm of all steps grows by powers of ten and the run ends in overflow or far above its start. */
function explodes(
  { globalNorm, loss }: Course,
  { every }: Plan,
  visible: number,
  dead: number,
): boolean | null {
  const norms = globalNorm.slice(0, visible);
  if (norms.length < 4 * every) return null;
  // The largest rise over the smallest norm before it, and the rows that it takes.
  let lowest = 0;
  let best = { rise: 0, from: 0, to: 0 };
  norms.forEach((norm, step) => {
    if (norm < norms[lowest]!) lowest = step;
    const rise = Math.log10(norm / norms[lowest]!);
    if (rise > best.rise) best = { rise, from: lowest, to: step };
  });
  const end = loss.slice(-Math.max(3, Math.floor(loss.length / 10)));
  const worse = dead < Infinity || mean(end) > 10 * loss[0]!;
  const rows = Math.floor((best.to - best.from) / every) + 1;
  const usualBefore = best.from >= 3 * every || best.from === 0;
  return between(worse && best.rise >= 4 && rows >= 8 && usualBefore, best.rise < 1.5);
}

/** What the gradient could change over the log, to first order, is nothing beside the loss. */
function vanishes(course: Course, plan: Plan, visible: number): boolean | null {
  const { loss, globalNorm } = course;
  const { not, well } = learned(course, plan);
  if (visible < 20 * plan.every || course.firstNonFinite)
    return course.firstNonFinite ? null : false;
  const half = globalNorm.slice(visible >> 1, visible);
  const norm = median(half);
  // With a rate at which sound networks of this size learn, so that a tiny rate is no vanishing gradient.
  const reach = (0.1 * norm * norm * visible) / mean(loss.slice(0, visible));
  return between(not && reach < 1e-9, well || reach > 1e-5);
}

/**
 * The loss and, where there are classes, the accuracy of all shown steps say that nothing was learned. A loss
 * that falls from a bad start to that of guessing, and learns no more, is between.
 */
function stalled(
  { loss, accuracy }: Course,
  { spec, every }: Plan,
  visible: number,
): boolean | null {
  if (visible < 20 * every) return null;
  const fifth = Math.floor(visible / 5);
  const early = loss.slice(0, fifth);
  const late = loss.slice(visible - fifth, visible);
  const variance = (part: number[]): number => mean(part.map((value) => (value - mean(part)) ** 2));
  const noise = Math.sqrt((variance(early) + variance(late)) / 2);
  const change = Math.abs(mean(late) - mean(early));
  const error = noise * Math.sqrt(2 / fifth);
  const classes = classesOf(spec.task.kind);
  const start = loss.slice(0, Math.max(1, Math.floor(visible / 20)));
  const transient = Math.abs(mean(start) - mean(late)) > 2 * Math.sqrt(variance(late));
  const guesses =
    classes === null ||
    mean(accuracy.slice(visible - fifth, visible)) < 1.6 / classes - (classes === 2 ? 0.22 : 0);
  const still = change < 0.5 * noise + 2 * error;
  const learns = classes === null ? change > 2 * noise + 3 * error : !guesses && !still;
  // Scatter that grows or shrinks fourfold is no standing still, nor does it show that anything is learned.
  const even = Math.abs(Math.log(variance(late) / variance(early))) < Math.log(16);
  return between(still && guesses && !transient && even, learns);
}

function ofLayers({ layers, zeros }: Course, { spec, every }: Plan, visible: number): Truth {
  const count = layers[0]?.length ?? 0;
  if (spec.network.kind !== 'mlp' || count < 4 || visible < 5 * every) return {};
  const usual = Array.from({ length: count }, (_, layer) =>
    median(layers.slice(0, visible).map((norms) => norms[layer]!)),
  );
  let dead = 0;
  while (dead < count && zeros.slice(0, visible).every((shares) => shares[dead] === 1)) dead++;
  const alive = usual.slice(dead);
  const logs = alive.map(Math.log10);
  const span = logs.at(-1)! - logs[0]!;
  // A law: nearly every pair of neighbours differs to the same side, and no step makes up most of it.
  const steps = logs.slice(1).map((log, i) => log - logs[i]!);
  const share = (side: number): number =>
    steps.filter((step) => step * side > 0).length / steps.length;
  const largest = Math.max(...steps.map(Math.abs));
  const law = (side: number): boolean =>
    share(side) >= 0.8 && largest < 0.5 * Math.abs(span) && span * side > 2.3;
  const someNotFinite = !logs.every(Number.isFinite);
  return {
    'layers-dead': between(dead > 0, dead === 0 && usual[0]! > 0),
    'layers-vanish': someNotFinite || alive.length < 4 ? null : between(law(1), span < 1.5),
    'layers-explode': someNotFinite || alive.length < 4 ? null : between(law(-1), span > -1.5),
  };
}

function clipped(
  { globalNorm }: Course,
  { spec, thresholdStated }: Plan,
  visible: number,
): boolean | null {
  if (!spec.clip || spec.clip.kind !== 'globalNorm' || !thresholdStated) return false;
  const { maxNorm } = spec.clip;
  const share = mean(globalNorm.slice(0, visible).map((norm) => Number(norm > maxNorm)));
  return between(share >= 0.97, share < 0.92);
}

/** The rate is far above the usual one, and the loss of all steps ends above its start with swings. */
function rateTooHigh({ loss }: Course, { rateFactor }: Plan, visible: number): boolean | null {
  const losses = loss.slice(0, visible);
  if (losses.length < 20) return null;
  const steps = losses.slice(1).map((value, i) => value - losses[i]!);
  const turns =
    steps.slice(1).filter((step, i) => step * steps[i]! < 0).length / (steps.length - 1);
  const third = Math.floor(steps.length / 3);
  const size = (part: number[]): number => median(part.map(Math.abs));
  const growth = size(steps.slice(-third)) / size(steps.slice(0, third));
  return between(rateFactor >= 3 && turns > 0.93 && growth > 2, rateFactor <= 1 || turns < 0.8);
}

/** A step's norm lies far beyond those of the 25 steps before it and behind it, at a row of the log. */
function spikes({ globalNorm }: Course, { every }: Plan, visible: number): boolean | null {
  let most = 0;
  for (let step = 8 * every; step < visible - 4 * every; step += every) {
    const before = median(globalNorm.slice(Math.max(0, step - 25), step));
    const after = median(globalNorm.slice(step + 1, Math.min(visible, step + 26)));
    const passed = globalNorm[step + every]! < 5 * before && globalNorm[step - every]! < 5 * before;
    if (passed) most = Math.max(most, globalNorm[step]! / Math.max(before, after));
  }
  return between(most > 30, most < 10);
}
