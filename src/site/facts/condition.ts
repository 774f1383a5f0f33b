import { formatNumber, formatPercent } from '../../kit/format';
import { spreadOf } from '../../kit/spread';
import type { Recording } from '../../kit/widget';
import type { Given } from './given';
import { valueInWords } from './names';
import { perRun, type Quantity } from './quantity';

/** What may be asked of one number of a run. Everything that is given must hold. */
export interface Condition {
  /** A number, or the name of another value of the same run. */
  above?: number | string | undefined;
  below?: number | string | undefined;
  /** By which factor it lies above or below. */
  by: number;
  is?: number | undefined;
  finite?: boolean | undefined;
}

/** The attributes that state a condition. */
export const CONDITION = ['above', 'below', 'by', 'is', 'finite'] as const;

/** The condition that a tag states; undefined where it states none. */
export function conditionOf(asked: Given['asked']): Condition | undefined {
  const { above, below, by, is, finite } = asked;
  for (const [name, limit] of Object.entries({ above, below }))
    if (limit !== undefined && typeof limit !== 'number' && typeof limit !== 'string')
      throw new Error(`${name} must be a number or the name of a value.`);
  for (const [name, number] of Object.entries({ by, is }))
    if (number !== undefined && typeof number !== 'number')
      throw new Error(`${name} must be a number, not ${JSON.stringify(number)}.`);
  if (finite !== undefined && typeof finite !== 'boolean')
    throw new Error('finite must be given, or be {false} for what is not finite.');
  if (by !== undefined && above === undefined && below === undefined)
    throw new Error('by={…} is the factor of above or below: give one of them.');
  if ([above, below, is, finite].every((one) => one === undefined)) return undefined;
  return { above, below, by: by ?? 1, is, finite } as Condition;
}

/** Whether the condition holds, run by run. What is not a number is neither above nor below anything. */
export function holding(recording: Recording, quantity: Quantity, condition: Condition): boolean[] {
  const limits = (limit: number | string | undefined) =>
    typeof limit === 'string' ? perRun(recording, { value: limit, at: quantity.at }) : undefined;
  const [above, below] = [limits(condition.above), limits(condition.below)];
  return perRun(recording, quantity).map((one, run) =>
    meets(one, condition, {
      above: above?.[run] ?? (condition.above as number | undefined),
      below: below?.[run] ?? (condition.below as number | undefined),
    }),
  );
}

/** Whether the condition holds between medians. A median over runs that are not all finite is not one. */
export function holdsInMedian(
  recording: Recording,
  quantity: Quantity,
  condition: Condition,
): boolean {
  const median = (of: Quantity): number => {
    const runs = perRun(recording, of);
    return runs.every(Number.isFinite) ? spreadOf(runs).median : Number.NaN;
  };
  const limit = (given: number | string | undefined) =>
    typeof given === 'string' ? median({ value: given, at: quantity.at }) : given;
  const limits = { above: limit(condition.above), below: limit(condition.below) };
  return meets(median(quantity), condition, limits);
}

function meets(
  one: number,
  { by, is, finite }: Condition,
  { above, below }: { above: number | undefined; below: number | undefined },
): boolean {
  return (
    (above === undefined || one > above * by) &&
    (below === undefined || one < below / by) &&
    (is === undefined || one === is) &&
    (finite === undefined || Number.isFinite(one) === finite)
  );
}

/** "above 2.3", "more than 2 times plateau steps of sigmoid, depth 3", "not finite". */
export function conditionInWords(
  { above, below, by, is, finite }: Condition,
  given: Given,
): string {
  const limit = (bound: number | string) => {
    if (typeof bound === 'string') return valueInWords(bound, given);
    return given.asked['percent'] === true
      ? formatPercent(bound, given.locale)
      : formatNumber(bound, { locale: given.locale, digits: 5 });
  };
  const factor = by === 1 ? '' : formatNumber(by);
  return [
    above !== undefined &&
      (factor ? `more than ${factor} times ${limit(above)}` : `above ${limit(above)}`),
    below !== undefined &&
      (factor ? `less than 1/${factor} of ${limit(below)}` : `below ${limit(below)}`),
    is !== undefined && `exactly ${limit(is)}`,
    finite !== undefined && (finite ? 'finite' : 'not finite'),
  ]
    .filter(Boolean)
    .join(' and ');
}
