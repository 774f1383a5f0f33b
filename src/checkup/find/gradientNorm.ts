import type { Run, Series } from '../run/run.ts';
import { median, runningMedian, scatter } from '../run/statistics.ts';
import type { Confidence, Found, Rule } from './finding.ts';
import { before, endOfLife } from './living.ts';
import type { Thresholds } from './thresholds.ts';

/** Norms that leave their range and go on growing, from place `from` to place `to` (the last of them). */
export interface Explosion {
  from: number;
  /** Place at which the norm passes the factor. */
  crosses: number;
  to: number;
  usual: number;
}

/** Whether a norm is larger than the one before it; a value that is not finite goes on growing. */
const grows = (now: number, last: number): boolean =>
  !Number.isFinite(now) || now > last || now > 1e30;

/** Running medians by series: three rules ask for the same, and a file may have millions of rows. */
const kept = new WeakMap<Float64Array, { window: number; medians: Float64Array }>();

function mediansOf(values: Float64Array, window: number): Float64Array {
  const known = kept.get(values);
  if (known?.window === window) return known.medians;
  const medians = runningMedian(values, window);
  kept.set(values, { window, medians });
  return medians;
}

/** The first explosion of a norm, or null. */
export function explosionOf(
  { values }: Series,
  { window, explodes }: Pick<Thresholds, 'window' | 'explodes'>,
): Explosion | null {
  const medians = mediansOf(values, window);
  const first = median(values, 0, Math.min(3, values.length));
  for (let i = 1; i < values.length; i++) {
    const usual = i < 3 ? Math.min(values[0]!, first) : medians[i]!;
    if (!Number.isFinite(values[i]!)) continue;
    if (!(usual > 0) || !(values[i]! > explodes.factor * usual)) continue;
    // Back to where it began to grow: beyond all that was usual.
    let from = i;
    while (
      from > 0 &&
      values[from - 1]! < values[from]! &&
      values[from - 1]! > largestBefore(values, from - 1, window)
    )
      from--;
    let to = i;
    while (
      to + 1 < values.length &&
      grows(values[to + 1]!, 0.3 * values[to]!) &&
      !returns(values[to + 1]!, usual)
    )
      to++;
    if (growingRows(values, from, to) >= explodes.rows) return { from, crosses: i, to, usual };
    i = to;
  }
  return null;
}

const returns = (value: number, usual: number): boolean => value < 5 * usual;

/** Rows from the first to the largest; what is not finite behind them counts as one more. */
function growingRows(values: Float64Array, from: number, to: number): number {
  let peak = from;
  for (let i = from; i <= to; i++) {
    if (!Number.isFinite(values[i]!)) return peak - from + 2;
    if (values[i]! > values[peak]!) peak = i;
  }
  return peak - from + 1;
}

function largestBefore(values: Float64Array, place: number, window: number): number {
  let largest = -Infinity;
  for (let i = Math.max(0, place - window); i < place; i++)
    if (Number.isFinite(values[i]!)) largest = Math.max(largest, values[i]!);
  return largest;
}

const noNorm = ({ gradientNorm }: Run): string | null =>
  gradientNorm ? null : 'the file has no norm of the gradient';

/** The norm leaves its usual range by a factor and goes on growing. */
export const gradientExplodes: Rule = {
  ids: ['gradient-explodes'],
  missing: noNorm,
  find: ({ gradientNorm }, limits) => {
    const explosion = gradientNorm ? explosionOf(gradientNorm, limits) : null;
    if (!gradientNorm || !explosion) return [];
    const { from, crosses, to, usual } = explosion;
    const last = gradientNorm.values[to]!;
    const dies = to === gradientNorm.values.length - 1 || !Number.isFinite(last);
    const finite = gradientNorm.values.subarray(from, to + 1).filter(Number.isFinite);
    const found: Found = {
      id: 'gradient-explodes',
      confidence: dies ? 'high' : 'medium',
      row: gradientNorm.rows[from]!,
      evidence: {
        firstExploding: gradientNorm.rows[from]!,
        usual,
        largest: finite.reduce((a, b) => Math.max(a, b), 0),
        rows: to - from + 1,
        factor: limits.explodes.factor,
        crossesAt: gradientNorm.rows[crosses]!,
      },
      told: `“${gradientNorm.name}” leaves ${limits.explodes.factor} times its running median and grows over ${to - from + 1} rows.`,
    };
    return [found];
  },
};

/** Short leaps of the norm that pass. */
export const gradientSpikes: Rule = {
  ids: ['gradient-spikes'],
  missing: noNorm,
  find: ({ gradientNorm }, limits) => {
    if (!gradientNorm) return [];
    const rows = spikesOf(gradientNorm, limits);
    if (rows.length === 0) return [];
    const usual = median(gradientNorm.values);
    const largest = rows.reduce((most, place) => Math.max(most, gradientNorm.values[place]!), 0);
    const found: Found = {
      id: 'gradient-spikes',
      confidence: rows.length > 1 || largest > 2 * limits.spikes.factor * usual ? 'high' : 'medium',
      row: gradientNorm.rows[rows[0]!]!,
      evidence: {
        spikes: rows.length,
        usual,
        largest,
        factor: limits.spikes.factor,
        rows: rows.slice(0, 100).map((place) => gradientNorm.rows[place]!),
      },
      told: `“${gradientNorm.name}” is above ${limits.spikes.factor} times its running median in ${rows.length} row${rows.length === 1 ? '' : 's'}, never more than ${limits.spikes.rows} together, and usual before and after.`,
    };
    return [found];
  },
};

/** Places of spikes. */
function spikesOf(series: Series, limits: Thresholds): number[] {
  const { values } = series;
  const { factor, rows: longest } = limits.spikes;
  const medians = mediansOf(values, limits.window);
  const explosion = explosionOf(series, limits);
  const end = explosion?.from ?? values.length;
  const places: number[] = [];
  for (let i = 3; i < end; i++) {
    const usual = medians[i]!;
    const above = (value: number): boolean => Number.isFinite(value) && value > factor * usual;
    if (!(usual > 0) || !above(values[i]!)) continue;
    let to = i;
    while (to < end && above(values[to]!)) to++;
    const after = values[to];
    const passed = after !== undefined && to < end && after < 0.5 * factor * usual;
    const fits = to - i <= longest && values[i - 1]! < 0.5 * factor * usual;
    if (passed && fits) for (let place = i; place < to; place++) places.push(place);
    i = to;
  }
  return places;
}

/** The norm is, or has become, too small to change anything, while the loss is neither low nor moving. */
export const gradientVanishes: Rule = {
  ids: ['gradient-vanishes'],
  missing: noNorm,
  find: (run, { vanishes }) => {
    const { gradientNorm, loss } = run;
    if (!gradientNorm) return [];
    const end = endOfLife(run);
    const norms = before(gradientNorm, end);
    if (norms.length < 8) return [];
    const half = norms.length >> 1;
    const late = median(norms, half);
    const early = median(norms, 0, Math.max(3, Math.floor(norms.length / 10)));
    const tiny = late < vanishes.floor && late > 0;
    const fallen =
      early > vanishes.fall * late && late > 0 && staysDown(norms, early, vanishes.fall);
    if (!tiny && !fallen) return [];
    const state = loss ? stillAndHigh(before(loss, end), vanishes) : null;
    if (state === false || (state === null && !(tiny && early < 10 * vanishes.floor))) return [];
    const confidence: Confidence = state === null ? 'low' : tiny ? 'high' : 'medium';
    const found: Found = {
      id: 'gradient-vanishes',
      confidence,
      row: gradientNorm.rows[half]!,
      evidence: { medianOfLastHalf: late, medianAtStart: early, rows: norms.length },
      told: tiny
        ? `The median of “${gradientNorm.name}” over the last half is ${late.toExponential(1)}, and the loss neither moves nor is low.`
        : `“${gradientNorm.name}” has fallen from ${early.toExponential(1)} to ${late.toExponential(1)} and stays there, and the loss neither moves nor is low.`,
    };
    return [found];
  },
};

const staysDown = (norms: Float64Array, early: number, fall: number): boolean =>
  median(norms, Math.floor(0.9 * norms.length)) * fall < early;

/** Whether the loss of the last half does not move, and is not low beside its beginning. */
function stillAndHigh(
  losses: Float64Array,
  { low, still }: Thresholds['vanishes'],
): boolean | null {
  if (losses.length < 8) return null;
  const half = losses.length >> 1;
  const quarter = Math.max(2, losses.length >> 2);
  const early = median(losses, 0, Math.max(3, Math.floor(losses.length / 10)));
  const third = median(losses, half, half + quarter);
  const last = median(losses, losses.length - quarter);
  const noise = scatter(losses, half);
  const moved = Math.abs(third - last) > still * noise + 0.01 * Math.abs(last);
  return !moved && last > low * early && last > 1e-3;
}
