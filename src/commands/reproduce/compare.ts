import { mean as average } from '../../kit/spread';
import type { Comparison, Condition, Count, Exact, GeometricMean, Mean } from './comparison';
import { fisher } from './fisher';
import { allowedBy, ofRounding } from './tolerance';

/** Two numbers beside each other, in words, and whether ours is near enough. */
export interface Verdict {
  /** What PyTorch measured. */
  reference: string;
  measured: string;
  /** By how much the two may differ, and the reason for that. */
  allowed: string;
  agrees: boolean;
}

/** Compares what was measured, a number for each seed, with what PyTorch measured. */
export function compare(reference: Comparison, numbers: readonly number[]): Verdict {
  if ('mean' in reference) return compareMean(reference, numbers);
  if ('geometricMean' in reference) return compareGeometricMean(reference, numbers);
  if ('ofTen' in reference || 'ofForty' in reference) return compareCount(reference, numbers);
  return compareExact(reference, numbers);
}

/** Two means over seeds. Where a deviation over seeds is known on both sides, the wider counts. */
function compareMean(reference: Mean, numbers: readonly number[]): Verdict {
  const theirs = allowedBy(reference);
  const ours = 2 * deviation(numbers);
  const allowed = Math.max(theirs.difference, ours);
  return {
    reference: show(reference.mean) + ('sd' in reference ? ` ± ${show(reference.sd)}` : ''),
    measured: `${show(average(numbers))} ± ${show(deviation(numbers))}`,
    allowed: `${show(allowed)}: ${theirs.difference >= ours ? theirs.why : '2 sd over our seeds'}`,
    agrees: Math.abs(average(numbers) - reference.mean) <= allowed,
  };
}

function compareGeometricMean(
  { geometricMean }: GeometricMean,
  numbers: readonly number[],
): Verdict {
  const logs = numbers.map(Math.log);
  const factor = Math.exp(deviation(logs));
  return {
    reference: show(geometricMean),
    measured: `${show(Math.exp(average(logs)))} ×/÷ ${show(factor)}`,
    allowed: `factor ${show(factor ** 2)}: 2 sd of the logarithm over our seeds`,
    agrees: Math.abs(average(logs) - Math.log(geometricMean)) <= 2 * deviation(logs),
  };
}

function compareCount(reference: Count, numbers: readonly number[]): Verdict {
  const [theirs, runs] =
    'ofTen' in reference ? [reference.ofTen, 10] : ([reference.ofForty, 40] as const);
  const { unlessRarerThan } = reference;
  const hits = numbers.filter((number) => meets(reference, number)).length;
  const counts = { reference: `${theirs}/${runs}`, measured: `${hits}/${numbers.length}` };
  if (unlessRarerThan !== undefined) {
    const chance = fisher([theirs, runs - theirs], [hits, numbers.length - hits]);
    return {
      ...counts,
      allowed: `p ≥ ${unlessRarerThan} by Fisher’s exact test: ${show(chance)}`,
      agrees: chance >= unlessRarerThan,
    };
  }
  return {
    ...counts,
    allowed:
      theirs % 10 === 0
        ? '2 of 10: a rate of 0.2 gives 0 of 10 with probability 0.11'
        : '2 of 10: such a count has an sd of up to 1.6',
    agrees: Math.abs((hits / numbers.length) * 10 - theirs) <= 2,
  };
}

/** NaN, as of a run that has no such number, meets no condition. */
function meets(condition: Condition, number: number): boolean {
  if ('above' in condition) return number > condition.above;
  if ('below' in condition) return number < condition.below;
  return Number.isFinite(number);
}

function compareExact({ exact, decimals }: Exact, [number = NaN]: readonly number[]): Verdict {
  const { difference, why } = ofRounding(decimals);
  return {
    reference: String(exact),
    measured: number.toFixed(decimals),
    allowed: `${show(difference)}: ${why}`,
    agrees: Math.abs(number - exact) <= difference,
  };
}

/** The deviation of a sample; 0 of a single number. */
function deviation(numbers: readonly number[]): number {
  const center = average(numbers);
  return Math.sqrt(
    numbers.reduce((total, value) => total + (value - center) ** 2, 0) /
      Math.max(1, numbers.length - 1),
  );
}

const show = (number: number): string => String(Number(number.toPrecision(3)));
