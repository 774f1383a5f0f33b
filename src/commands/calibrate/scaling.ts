import type { FindingId } from '../../checkup/find/finding';
import { normalFrom, randomFrom } from './random';
import type { Plan } from './specifications';
import type { Course } from './train';

/** A log under simulated dynamic loss scaling, and what is in it. */
export interface Scaled {
  log: string;
  truth: Partial<Record<FindingId, boolean | null>>;
}

const LARGEST = 65504;

/**
 * The rows of a healthy run as they would be in float16 with dynamic loss scaling: a scale that is too large
 * overflows, is halved and the step skipped; a run that dies takes its scale down with it. A third of the
 * runs is bfloat16 without a scale. Simulated: the engine trains in float32.
 */
export function scaledLog(plan: Plan, course: Course): Scaled | null {
  if (course.firstNonFinite || course.globalNorm.length < 4 * plan.shown) return null;
  const random = randomFrom(plan.index * 131 + 7);
  const kind = ['skips', 'collapse', 'steady'][plan.index % 3]!;
  let scale = kind === 'steady' ? 1024 : 2 ** (14 + Math.floor(6 * random()));
  const overflows = new Set(
    kind === 'skips'
      ? Array.from({ length: 1 + Math.floor(4 * random()) }, () => 5 + Math.floor(45 * random()))
      : [],
  );
  const breaks = kind === 'collapse' ? 15 + Math.floor(15 * random()) : Infinity;
  const rows: string[] = [];
  const highest = scale;
  let skips = 0;
  let together = 0;
  let longest = 0;
  let lowest = scale;
  for (let row = 0; row * plan.every < plan.shown; row++) {
    const step = row * plan.every;
    let norm = course.globalNorm[step]!;
    // The largest entry is a few times the deviation of one: it alone must fit.
    const entry = norm * (0.3 + 0.1 * Math.abs(normalFrom(random)));
    const skipped = row >= breaks || overflows.has(row) || entry * scale > LARGEST;
    if (skipped) {
      norm = random() < 0.5 ? NaN : Infinity;
      scale = Math.max(1, scale / 2);
      lowest = scale;
      if (row < breaks) {
        skips++;
        longest = Math.max(longest, ++together);
      }
    } else together = 0;
    // A skip just before the end of life is no skip: no finite row follows.
    if (row === breaks && skips > 0 && /nan|Infinity/i.test(rows.at(-1)!)) return null;
    rows.push(
      JSON.stringify({
        iter: step,
        loss: Number(
          course.loss[row >= breaks ? Math.floor(breaks) * plan.every : step]!.toPrecision(6),
        ),
        grad_norm: Number.isFinite(norm) ? Number(norm.toPrecision(6)) : String(norm),
        loss_scale: scale,
      }),
    );
  }
  const last = rows.at(-1)!;
  const settles = kind !== 'collapse' && /nan|Infinity/i.test(last);
  if (settles) return null;
  return {
    log: rows.join('\n'),
    truth: {
      // A start from far too high a scale is neither rare skips nor a collapse.
      'overflow-skips': longest > 5 ? null : skips > 0,
      'loss-scale-collapse':
        kind === 'collapse' ? true : lowest > 1 && highest / lowest < 2 ** 8 ? false : null,
    },
  };
}

/** Smallest number that rounds to something else than zero in float16: half of 2⁻²⁴. */
const FLOOR = 2 ** -25;

/**
 * Our own log of the run's layers in float16 or bfloat16. A layer's entries are taken as normal numbers with
 * the deviation that its norm gives; those whose size times the scale is below float16's floor are lost.
 */
export function underflowLog(plan: Plan, course: Course): Scaled | null {
  const { network } = plan.spec;
  if (course.firstNonFinite || network.kind !== 'mlp') return null;
  const random = randomFrom(plan.index * 17 + 3);
  const precision = random() < 0.7 ? 'float16' : 'bfloat16';
  const scale = [1, 1, 128, 65536][Math.floor(4 * random())]!;
  const entries = network.width ** 2;
  const names = course.layers[0]!.map((_, layer) => `layers.${layer}.weight`);
  const shares: number[][] = [];
  for (let step = 0; step < plan.shown; step += plan.every)
    shares.push(course.layers[step]!.map((norm) => lostShare(norm / Math.sqrt(entries), scale)));
  const worst = Math.max(...names.map((_, layer) => middle(shares.map((row) => row[layer]!))));
  if (worst > 0.08 && worst < 0.12) return null;
  const rows = shares.map((row, i) =>
    JSON.stringify({
      step: i * plan.every,
      loss: course.loss[i * plan.every],
      lossScale: scale,
      gradientNorm: course.layers[i * plan.every],
      belowFloat16Share: row.map((share) => Number(share.toFixed(4))),
    }),
  );
  const header = { format: 'gradient-lab-log', version: 1, precision, layers: names };
  return {
    log: [JSON.stringify(header), ...rows].join('\n'),
    truth: { 'float16-underflow': precision === 'float16' && worst > 0.1 },
  };
}

const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

/** P(|x| < FLOOR / scale) for x ~ N(0, deviation²), by Abramowitz and Stegun 7.1.26. */
function lostShare(deviation: number, scale: number): number {
  if (!(deviation > 0)) return 0;
  const x = FLOOR / (scale * deviation * Math.SQRT2);
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.min(1, Math.max(0, 1 - tail * Math.exp(-x * x)));
}
