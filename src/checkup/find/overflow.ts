import type { Run, Series } from '../run/run.ts';
import type { Found, Rule } from './finding.ts';
import { firstPlaceAt, lossPrintedAsZero } from './notFinite.ts';
import type { Thresholds } from './thresholds.ts';

/** Runs of places that are not finite and have finite ones behind them. */
function gaps({ values }: Series): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i]!)) continue;
    const from = i;
    while (i < values.length && !Number.isFinite(values[i]!)) i++;
    if (i < values.length) found.push({ from, to: i });
  }
  return found;
}

/** The loss scale at a row: its last value up to there. */
function scaleAt(scale: Series, row: number): number {
  const place = firstPlaceAt(scale, row + 1) - 1;
  return place < 0 ? NaN : scale.values[place]!;
}

/** Steps that dynamic loss scaling skipped: the norm is not finite for a few rows, the loss always is. */
export const overflowSkips: Rule = {
  ids: ['overflow-skips'],
  missing: ({ gradientNorm }) => (gradientNorm ? null : 'the file has no norm of the gradient'),
  find: (run, { skips }) => {
    const { gradientNorm, loss, lossScale } = run;
    if (!gradientNorm || loss?.values.some((value) => !Number.isFinite(value))) return [];
    const short = gaps(gradientNorm).filter(({ from, to }) => to - from <= skips.rows);
    if (short.length === 0) return [];
    const first = gradientNorm.rows[short[0]!.from]!;
    if (loss && lossPrintedAsZero(run, first)) return [];
    if (lossScale && lossScale.values.every((value) => value === 1)) return [];
    const answered = lossScale
      ? short.filter(({ from, to }) => {
          const earlier = from > 0 ? gradientNorm.rows[from - 1]! : -1;
          const after = scaleAt(
            lossScale,
            gradientNorm.rows[Math.min(to, gradientNorm.rows.length - 1)]!,
          );
          const during = scaleAt(lossScale, gradientNorm.rows[to - 1]!);
          const previous = earlier < 0 ? Infinity : scaleAt(lossScale, earlier);
          return Math.min(after, during) < previous;
        }).length
      : 0;
    const rows = short.reduce((sum, { from, to }) => sum + to - from, 0);
    const found: Found = {
      id: 'overflow-skips',
      confidence: lossScale
        ? answered === short.length
          ? 'high'
          : 'medium'
        : loss
          ? 'medium'
          : 'low',
      row: first,
      evidence: {
        skips: rows,
        times: short.length,
        longest: Math.max(...short.map(({ from, to }) => to - from)),
        ...(lossScale ? { answeredByASmallerScale: answered } : {}),
        rows: short
          .flatMap(({ from, to }) => Array.from(gradientNorm.rows).slice(from, to))
          .slice(0, 100),
      },
      told:
        `“${gradientNorm.name}” is not finite in ${rows} row${rows === 1 ? '' : 's'}, never more than ${skips.rows} together, and finite behind each` +
        (loss ? '; the loss is finite all the time' : '; the file has no loss to compare with') +
        (lossScale ? `; the loss scale fell at ${answered} of ${short.length}` : '') +
        '.',
    };
    return [found];
  },
};

/** A loss scale that falls and does not recover: the gradients are not finite whatever the scale is. */
export const lossScaleCollapse: Rule = {
  ids: ['loss-scale-collapse'],
  missing: ({ lossScale }) => (lossScale ? null : 'the file has no loss scale'),
  find: (run, limits) => {
    const { lossScale } = run;
    if (!lossScale) return [];
    const fall = collapse(lossScale, run, limits);
    if (!fall) return [];
    const { from, to, reachesOne } = fall;
    const high = lossScale.values[from]!;
    const low = lossScale.values[to]!;
    const found: Found = {
      id: 'loss-scale-collapse',
      confidence: reachesOne || deadAtEnd(run) ? 'high' : 'medium',
      row: lossScale.rows[Math.min(from + 1, to)]!,
      evidence: {
        from: high,
        to: low,
        halvings: Math.round(Math.log2(high / low)),
        withinRows: lossScale.rows[to]! - lossScale.rows[from]!,
      },
      told: `“${lossScale.name}” falls from ${high} to ${low} within ${lossScale.rows[to]! - lossScale.rows[from]!} rows and does not recover.`,
    };
    return [found];
  },
};

const deadAtEnd = ({ gradientNorm }: Run): boolean =>
  gradientNorm !== null && !Number.isFinite(gradientNorm.values.at(-1) ?? 0);

function collapse(
  { values, rows }: Series,
  run: Run,
  { collapse: { halvings, within } }: Thresholds,
): { from: number; to: number; reachesOne: boolean } | null {
  const one = values.findIndex((value) => value <= 1);
  if (one > 0 && values.subarray(0, one).some((value) => value > 1)) {
    let from = one;
    while (from > 0 && values[from - 1]! >= values[from]!) from--;
    return { from, to: one, reachesOne: true };
  }
  // The place within the window with the largest scale: a list of candidates whose scales fall.
  const candidates: number[] = [];
  let head = 0;
  for (let i = 0; i < values.length; i++) {
    while (candidates.length > head && values[candidates.at(-1)!]! <= values[i]!) candidates.pop();
    candidates.push(i);
    while (rows[i]! - rows[candidates[head]!]! > within) head++;
    const from = candidates[head]!;
    if (Math.log2(values[from]! / values[i]!) < halvings) continue;
    let lowest = i;
    while (lowest + 1 < values.length && values[lowest + 1]! <= values[lowest]!) lowest++;
    if (settles(from, lowest, values, run) || recovers(lowest, values)) {
      i = lowest;
      candidates.length = 0;
      head = 0;
      continue;
    }
    return { from, to: lowest, reachesOne: false };
  }
  return null;
}

/** At a training's beginning the scale comes down from far too high a start; gradients are finite then. */
function settles(from: number, lowest: number, values: Float64Array, run: Run): boolean {
  return (
    from === 0 &&
    run.fromStart &&
    !deadAtEnd(run) &&
    values[lowest]! > 1 &&
    values.length - lowest > 3
  );
}

const recovers = (lowest: number, values: Float64Array): boolean =>
  values.subarray(lowest).some((value) => value >= 4 * values[lowest]!);
