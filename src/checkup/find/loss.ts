import type { Run, Series } from '../run/run.ts';
import { median, scatter } from '../run/statistics.ts';
import type { Found, Rule } from './finding.ts';
import { before, endOfLife } from './living.ts';
import type { Thresholds } from './thresholds.ts';

/** Most classes for which ln C is named unless the reader gives their number: beyond, any loss is near one. */
const MOST_CLASSES = 50;

/** How far a loss has come from its beginning, in units of its scatter. */
export function departure(losses: Float64Array): {
  change: number;
  noise: number;
  /** Deviation of a difference between two of the medians that are compared, by noise alone. */
  ofMedians: number;
  level: number;
} {
  const fifth = Math.max(3, Math.floor(losses.length / 5));
  const start = median(losses, 0, fifth);
  const noise = scatter(losses);
  let change = 0;
  // Anywhere on the way, not at the end alone.
  for (let from = fifth; from + fifth <= losses.length; from += Math.max(1, fifth >> 1)) {
    const distance = median(losses, from, from + fifth) - start;
    if (Math.abs(distance) > Math.abs(change)) change = distance;
  }
  const end = median(losses, losses.length - fifth) - start;
  if (Math.abs(end) > Math.abs(change)) change = end;
  // A median of n numbers scatters by 1.25/√n of what one number does.
  const ofMedians = 1.25 * noise * Math.sqrt(2 / fifth);
  return { change, noise, ofMedians, level: median(losses) };
}

/**
 * Whether a straight line through a loss falls by more than chance allows: its slope is so many of its own
 * deviations below zero. That is learning, however slow.
 */
function fallsSteadily(losses: Float64Array, noise: number, deviations: number): boolean {
  const count = losses.length;
  const middle = (count - 1) / 2;
  const low = median(losses) - 5 * noise;
  const high = median(losses) + 5 * noise;
  let along = 0;
  // One row far off must not turn the line.
  for (let i = 0; i < count; i++) along += (i - middle) * Math.min(high, Math.max(low, losses[i]!));
  const squares = (count * (count * count - 1)) / 12;
  return noise > 0 && -along / (noise * Math.sqrt(squares)) > deviations;
}

/** From the first row on the loss does not leave the scatter around its start. */
export const stalledAtChance: Rule = {
  ids: ['stalled-at-chance'],
  missing: ({ loss, fromStart }) =>
    !loss
      ? 'the file has no loss'
      : fromStart
        ? null
        : 'the file does not begin at the training’s start',
  find: (run, { stalled }) => {
    const { loss, given } = run;
    if (!loss || !run.fromStart) return [];
    const losses = before(loss, endOfLife(run));
    if (losses.length < stalled.rows) return [];
    const { change, noise, ofMedians, level } = departure(losses);
    const steady = 1e-4 * Math.abs(level);
    const allowed = Math.max(stalled.trend * noise + 3 * ofMedians, steady);
    if (!(Math.abs(change) <= allowed) || level <= 0) return [];
    if (fallsSteadily(losses, noise, stalled.falls)) return [];
    // Swings that grow are no scatter around the start; a scatter that stays small beside the loss is.
    const third = Math.floor(losses.length / 3);
    const late = scatter(losses, losses.length - third);
    const early = scatter(losses, 0, third);
    if (late > 3 * Math.max(early, steady) && late > 0.05 * level) return [];
    const classes = classesOf(level, Math.max(noise, steady), given.classes, stalled);
    // A loss that fell within the very first rows has learned something, wherever it stays.
    const first = median(losses, 0, Math.max(1, Math.floor(losses.length / 20)));
    if (first - level > stalled.first * Math.max(noise, steady)) return [];
    const found: Found = {
      id: 'stalled-at-chance',
      confidence: classes === null ? 'low' : losses.length >= 2 * stalled.rows ? 'high' : 'medium',
      row: loss.rows[0]!,
      evidence: {
        level,
        change,
        scatter: noise,
        rows: losses.length,
        ...(classes === null ? {} : { classes, chance: Math.log(classes) }),
      },
      told:
        `“${loss.name}” stays within its scatter around ${level.toPrecision(4)} over ${losses.length} rows` +
        (classes === null
          ? '.'
          : `; ln ${classes} = ${Math.log(classes).toFixed(4)} is the loss of guessing among ${classes} classes.`),
    };
    return [found];
  },
};

/** The number of classes whose ln the loss lies at, or null. */
function classesOf(
  level: number,
  noise: number,
  given: number | undefined,
  { nearChance }: Thresholds['stalled'],
): number | null {
  const classes = given ?? Math.round(Math.exp(level));
  if (classes < 2 || (given === undefined && classes > MOST_CLASSES)) return null;
  const distance = Math.abs(level - Math.log(classes));
  return distance <= Math.max(2 * noise, nearChance * 0.2 * Math.log(classes)) ? classes : null;
}

/** The longest stretch of a loss in which nearly each step turns back. */
function alternatingStretch(
  losses: Float64Array,
  share: number,
): { from: number; to: number } | null {
  let best: { from: number; to: number } | null = null;
  let from = 0;
  let missed: number[] = [];
  for (let i = 2; i < losses.length; i++) {
    const turns = (losses[i]! - losses[i - 1]!) * (losses[i - 1]! - losses[i - 2]!) < 0;
    if (!turns) missed.push(i);
    while (missed.length > 0 && missed.length > (1 - share) * Math.max(10, i - from)) {
      from = missed[0]! - 1;
      missed = missed.slice(1);
    }
    if (!best || i - from > best.to - best.from) best = { from, to: i };
  }
  return best;
}

/** Swings that grow, or a leap at the end of warm-up. */
export const rateTooHigh: Rule = {
  ids: ['rate-too-high'],
  missing: ({ loss }) => (loss ? null : 'the file has no loss'),
  find: (run, limits) => {
    const { loss } = run;
    if (!loss) return [];
    const losses = before(loss, endOfLife(run));
    return swings(loss, losses, limits) ?? leap(run, loss, losses, limits) ?? [];
  },
};

function swings(loss: Series, losses: Float64Array, { rate }: Thresholds): Found[] | null {
  const stretch = alternatingStretch(losses, rate.alternating);
  if (!stretch || stretch.to - stretch.from + 1 < rate.rows) return null;
  const steps = Float64Array.from({ length: stretch.to - stretch.from }, (_, i) =>
    Math.abs(losses[stretch.from + i + 1]! - losses[stretch.from + i]!),
  );
  const third = Math.floor(steps.length / 3);
  const first = median(steps, 0, third);
  const middle = median(steps, third, 2 * third);
  const last = median(steps, steps.length - third);
  if (!(last >= rate.growth * first) || middle < 0.9 * first || last < middle) return null;
  return [
    {
      id: 'rate-too-high',
      confidence: last >= 3 * first ? 'high' : 'medium',
      row: loss.rows[stretch.from]!,
      evidence: {
        how: 'swings that grow',
        rows: stretch.to - stretch.from + 1,
        firstSwing: first,
        lastSwing: last,
      },
      told: `“${loss.name}” goes to and fro over ${stretch.to - stretch.from + 1} rows, and its swings grow from ${first.toPrecision(2)} to ${last.toPrecision(2)}.`,
    },
  ];
}

function leap(
  { learningRate }: Run,
  loss: Series,
  losses: Float64Array,
  { rate }: Thresholds,
): Found[] | null {
  if (!learningRate || learningRate.values.length < 8) return null;
  const rates = learningRate.values;
  let top = 0;
  for (let i = 1; i < rates.length; i++) if (rates[i]! > rates[top]! * (1 + 1e-9)) top = i;
  // A warm-up grows from the first row, over several.
  if (top < 3 || !(rates[top]! > 2 * rates[0]!)) return null;
  for (let i = 1; i <= top; i++) if (rates[i]! < rates[i - 1]! * (1 - 1e-9)) return null;
  const row = learningRate.rows[top]!;
  let place = 0;
  while (place < losses.length && loss.rows[place]! < row) place++;
  const near = Math.max(3, Math.floor(0.5 * top));
  const noise = scatter(losses, 0, Math.max(3, place - near));
  for (let at = Math.max(3, place - near); at <= Math.min(losses.length - 5, place + near); at++) {
    const earlier = median(losses, Math.max(0, at - 5), at);
    const later = median(losses, at, at + 5);
    const usual = Math.max(noise, 1e-3 * Math.abs(earlier));
    if (!(later - earlier > rate.leap * usual) || !(later > 1.1 * earlier)) continue;
    const rest = Math.max(5, losses.length - at);
    if (median(losses, losses.length - Math.max(3, rest >> 1)) - earlier < 0.5 * (later - earlier))
      continue;
    return [
      {
        id: 'rate-too-high',
        confidence: 'medium',
        row: loss.rows[at]!,
        evidence: {
          how: 'a leap at the end of warm-up',
          before: earlier,
          after: later,
          learningRate: rates[top]!,
          endOfWarmUp: row,
        },
        told: `“${loss.name}” leaps from ${earlier.toPrecision(3)} to ${later.toPrecision(3)} near the end of warm-up (row ${row}) and stays up.`,
      },
    ];
  }
  return null;
}
