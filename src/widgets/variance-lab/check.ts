import { linesOf } from './lines';
import type { VarianceSettings } from './params';
import { estimateOf, quantitiesOf, type Quantity } from './quantities';
import { emptyBatch, type Batch } from './sampling';

/** An estimate and its standard error. */
export interface Estimate {
  value: number;
  error: number;
}

/** `unclear` where so few draws could not show a fault of a tenth. */
export type Verdict = 'holds' | 'fails' | 'unclear';

export interface CheckedLine {
  left: Estimate;
  right: Estimate;
  /** Right side minus left side. */
  difference: Estimate;
  /** The same as a share of the line's whole. */
  share: Estimate;
  verdict: Verdict;
}

export interface CheckedDerivation {
  quantities: Partial<Record<Quantity, Estimate>>;
  lines: CheckedLine[];
}

/** A line has failed where its sides differ by more than so many standard errors … */
const ERRORS = 4;
/** … and by more than this share. */
const SHARE = 0.02;
/** A line can be trusted where a fault of this share would show. */
const VISIBLE = 0.1;

function total(batches: readonly Batch[]): Batch {
  const all = emptyBatch();
  for (const batch of batches)
    for (const part of Object.keys(all) as (keyof Batch)[]) {
      const into = all[part] as unknown as Record<string, number>;
      for (const [name, value] of Object.entries(batch[part])) into[name]! += value as number;
    }
  return all;
}

/**
 * An estimate of a function of the batches with its standard error by the jackknife: the spread of
 * the values that leaving out one batch gives (Efron & Stein 1981).
 */
function jackknife(whole: Batch, without: readonly Batch[], of: (sums: Batch) => number): Estimate {
  const count = without.length;
  const values = without.map(of);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { value: of(whole), error: Math.sqrt(((count - 1) / count) * squares) };
}

function verdictOf({ value, error }: Estimate): Verdict {
  const size = Math.abs(value);
  if (size > ERRORS * error && size > SHARE) return 'fails';
  return ERRORS * error > VISIBLE ? 'unclear' : 'holds';
}

/** Checks every line of the derivation on at least two batches. */
export function checkLines(
  batches: readonly Batch[],
  settings: VarianceSettings,
): CheckedDerivation {
  const whole = total(batches);
  const without = batches.map((_, out) => total(batches.filter((_, k) => k !== out)));
  const estimate = (of: (sums: Batch) => number) => jackknife(whole, without, of);
  const quantities = Object.fromEntries(
    quantitiesOf(settings).map((name) => [
      name,
      estimate((sums) => estimateOf(name, sums, settings)),
    ]),
  ) as Record<Quantity, Estimate>;
  const lines = linesOf(settings).map(({ left, right, whole: of = left }) => {
    const difference = estimate(
      (sums) => estimateOf(right, sums, settings) - estimateOf(left, sums, settings),
    );
    const scale = Math.abs(quantities[of].value);
    const share = { value: difference.value / scale, error: difference.error / scale };
    return {
      left: quantities[left],
      right: quantities[right],
      difference,
      share,
      verdict: verdictOf(share),
    };
  });
  return { quantities, lines };
}

/** The number of the first line that fails, from 1; 0 where none does. */
export const firstFailing = (lines: readonly CheckedLine[]): number =>
  lines.findIndex(({ verdict }) => verdict === 'fails') + 1;
