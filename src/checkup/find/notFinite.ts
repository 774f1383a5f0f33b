import type { Run, Series } from '../run/run.ts';
import type { Found, Rule } from './finding.ts';

/** Where a series is not finite from one place to its end: that place, or null. */
export function deadFrom({ values }: Series): number | null {
  let from = values.length;
  while (from > 0 && !Number.isFinite(values[from - 1]!)) from--;
  return from < values.length ? from : null;
}

/**
 * The first row from which the loss, the norm or a layer is not finite to the end. A loss that is printed as
 * exactly 0 there is a filter's work, and no loss.
 */
export const notFinite: Rule = {
  ids: ['not-finite'],
  missing: ({ loss, gradientNorm, layers }) =>
    loss || gradientNorm || layers.length > 0 ? null : 'the file has neither a loss nor a norm',
  find: (run) => {
    const dead = [run.loss, run.gradientNorm, ...run.layers].flatMap((series) => {
      const from = series ? deadFrom(series) : null;
      return series && from !== null ? [{ series, from, row: series.rows[from]! }] : [];
    });
    if (dead.length === 0) return [];
    const { series, from, row } = dead.reduce((a, b) => (b.row < a.row ? b : a));
    const count = series.values.length - from;
    const hidden = lossPrintedAsZero(run, row);
    const found: Found = {
      id: 'not-finite',
      confidence: count === 1 ? 'low' : count <= 3 && dead.length === 1 ? 'medium' : 'high',
      row,
      evidence: {
        firstNonFinite: row,
        series: series.name,
        value: String(series.values[from]!),
        rows: count,
        ...(from > 0 ? { lastFinite: series.values[from - 1]! } : {}),
        ...(hidden ? { lossPrintedAs: 0 } : {}),
      },
      told:
        `“${series.name}” is not finite in ${count === 1 ? 'the last row, its only such row' : `all of its last ${count} rows`}` +
        (hidden ? '; the loss is printed there as exactly 0, which is no loss' : '') +
        '.',
    };
    return [found];
  },
};

/** Whether the loss is exactly 0 from a row on, as Hugging Face's filter of NaN prints it. */
export function lossPrintedAsZero({ loss }: Run, row: number): boolean {
  if (!loss) return false;
  const from = firstPlaceAt(loss, row);
  if (from === loss.values.length) return false;
  for (let i = from; i < loss.values.length; i++) if (loss.values[i] !== 0) return false;
  return true;
}

/** The first place of a series at a row or behind it. */
export function firstPlaceAt({ rows }: Series, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
