import type { VarianceValues } from './params';
import { emptySums, type BatchSums } from './sampling';

/** A side of a line of the derivation. */
export type Side =
  | 'varY'
  | 'productVariance'
  | 'momentForm'
  | 'varianceForm'
  | 'secondMomentForm'
  | 'halfForm'
  | 'varX'
  | 'varZ';

/** One line: what it turns into what, and what that needs. */
export interface Line {
  left: Side;
  right: Side;
  /** What has to hold for the two sides to be equal. */
  needs: string;
}

const COMMON: Line[] = [
  {
    left: 'varY',
    right: 'productVariance',
    needs: 'The n products are uncorrelated, and alike in distribution.',
  },
  { left: 'productVariance', right: 'momentForm', needs: 'Weight and input are independent.' },
];

const LINES: Record<VarianceValues['derivation'], Line[]> = {
  xavier: [
    ...COMMON,
    { left: 'momentForm', right: 'varianceForm', needs: 'Both means are zero.' },
    { left: 'varianceForm', right: 'varX', needs: 'Var(w) = 1/n, by our choice.' },
  ],
  he: [
    ...COMMON,
    { left: 'momentForm', right: 'secondMomentForm', needs: 'The mean of the weights is zero.' },
    {
      left: 'secondMomentForm',
      right: 'halfForm',
      needs: 'x = ReLU(z), with z as often above zero as below.',
    },
    { left: 'halfForm', right: 'varZ', needs: 'Var(w) = 2/n, by our choice.' },
  ],
};

/** The lines of the derivation, in order. */
export const linesOf = ({ derivation }: Pick<VarianceValues, 'derivation'>): Line[] =>
  LINES[derivation];

/** The sides in the order in which the derivation meets them. */
export const sidesOf = (values: Pick<VarianceValues, 'derivation'>): Side[] => {
  const lines = linesOf(values);
  return [lines[0]!.left, ...lines.map(({ right }) => right)];
};

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
  verdict: Verdict;
}

/** A line has failed where its sides differ by more than so many standard errors … */
const ERRORS = 4;
/** … and by more than this share of the left side. */
const SHARE = 0.02;
/** A line can be trusted where a fault of this share would show. */
const VISIBLE = 0.1;

type Moments = Record<Side, number> & { meanY: number };

/** Every side of every derivation, from the batches. */
function momentsOf(
  batches: readonly BatchSums[],
  { fanIn, keepWeights }: Pick<VarianceValues, 'fanIn' | 'keepWeights'>,
): Moments {
  const all = emptySums();
  for (const batch of batches)
    for (const name of Object.keys(all) as (keyof BatchSums)[]) all[name] += batch[name];
  const variance = (sum: number, square: number, count: number) =>
    (square - (sum * sum) / count) / (count - 1);
  // Units that keep their weights: the variance within each, averaged.
  const varY = keepWeights
    ? batches.reduce((total, { y, ySquare, draws }) => total + variance(y, ySquare, draws), 0) /
      batches.length
    : variance(all.y, all.ySquare, all.draws);
  const { terms } = all;
  const varWeight = variance(all.weight, all.weightSquare, terms);
  const varX = variance(all.input, all.inputSquare, terms);
  const varZ = variance(all.z, all.zSquare, terms);
  const meanWeight = all.weight / terms;
  const meanX = all.input / terms;
  const squareX = all.inputSquare / terms;
  return {
    varY,
    productVariance: fanIn * variance(all.product, all.productSquare, terms),
    momentForm: fanIn * (squareX * (all.weightSquare / terms) - (meanX * meanWeight) ** 2),
    varianceForm: fanIn * varWeight * varX,
    secondMomentForm: fanIn * varWeight * squareX,
    halfForm: (fanIn * varWeight * varZ) / 2,
    varX,
    varZ,
    meanY: all.y / all.draws,
  };
}

/**
 * An estimate of a function of the batches with its standard error by the jackknife: the spread of
 * the values that leaving out one batch gives (Efron & Stein 1981).
 */
function jackknife(
  whole: Moments,
  without: readonly Moments[],
  of: (m: Moments) => number,
): Estimate {
  const count = without.length;
  const values = without.map(of);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { value: of(whole), error: Math.sqrt(((count - 1) / count) * squares) };
}

function verdictOf(left: Estimate, difference: Estimate): Verdict {
  const size = Math.abs(difference.value);
  const scale = Math.abs(left.value);
  if (size > ERRORS * difference.error && size > SHARE * scale) return 'fails';
  return ERRORS * difference.error > VISIBLE * scale ? 'unclear' : 'holds';
}

export interface CheckedDerivation {
  sides: Record<Side, Estimate>;
  meanY: Estimate;
  lines: CheckedLine[];
}

/** Checks every line of the derivation on at least two batches. */
export function checkLines(
  batches: readonly BatchSums[],
  values: Pick<VarianceValues, 'derivation' | 'fanIn' | 'keepWeights'>,
): CheckedDerivation {
  const whole = momentsOf(batches, values);
  const without = batches.map((_, out) =>
    momentsOf(
      batches.filter((_, k) => k !== out),
      values,
    ),
  );
  const estimate = (of: (m: Moments) => number) => jackknife(whole, without, of);
  const { meanY: _, ...plain } = whole;
  const sides = Object.fromEntries(
    (Object.keys(plain) as Side[]).map((side) => [side, estimate((m) => m[side])]),
  ) as Record<Side, Estimate>;
  const lines = linesOf(values).map(({ left, right }) => {
    const difference = estimate((m) => m[right] - m[left]);
    return {
      left: sides[left],
      right: sides[right],
      difference,
      verdict: verdictOf(sides[left], difference),
    };
  });
  return { sides, meanY: estimate((m) => m.meanY), lines };
}

/** The number of the first line that fails, from 1; 0 where none does. */
export const firstFailing = (lines: readonly CheckedLine[]): number =>
  lines.findIndex(({ verdict }) => verdict === 'fails') + 1;
