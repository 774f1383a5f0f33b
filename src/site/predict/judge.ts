/**
 * How a guess is judged: by the named values of a run, in the reader's browser as on the server. Nothing here
 * knows a widget, a recording or a page.
 */

/** Named values of one run, as widgets have them. */
export type Values = Readonly<Record<string, number | readonly number[]>>;

/** What must be true of one number of a run for a choice to be right. All that is given must hold. */
export interface Condition {
  value: string;
  /** Which entry of a value with one entry a layer or time step, from 1. */
  at?: number;
  /** The value that it is divided by. */
  over?: string;
  /** A number, or the name of another value of the same run. */
  above?: number | string;
  below?: number | string;
  /** By which factor it lies above or below. */
  by?: number;
  is?: number;
  finite?: boolean;
}

/** An answer to choose; without conditions it is right where none of the others is. */
export interface Choice {
  says: string;
  when?: readonly Condition[];
}

function entryOf(values: Values, name: string, at: number | undefined): number {
  const value = values[name];
  return (typeof value === 'number' ? value : value?.[(at ?? 0) - 1]) ?? Number.NaN;
}

/** Whether a condition holds in a run. What is not a number is neither above nor below anything. */
export function holds(
  values: Values,
  { value, at, over, above, below, by = 1, is, finite }: Condition,
): boolean {
  const one = entryOf(values, value, at) / (over === undefined ? 1 : entryOf(values, over, at));
  const limit = (given: number | string) =>
    typeof given === 'string' ? entryOf(values, given, at) : given;
  return (
    (above === undefined || one > limit(above) * by) &&
    (below === undefined || one < limit(below) / by) &&
    (is === undefined || one === is) &&
    (finite === undefined || Number.isFinite(one) === finite)
  );
}

/**
 * The places of the choices that are right by a run: those whose conditions all hold, else those that state
 * none. A question is sound where there is exactly one.
 */
export function rightChoices(choices: readonly Choice[], values: Values): number[] {
  const places = [...choices.keys()];
  const right = places.filter((k) => choices[k]!.when?.every((one) => holds(values, one)));
  return right.length > 0 ? right : places.filter((k) => choices[k]!.when === undefined);
}

/** What a drawn curve is worth beside the run's: both hold one number a layer. */
export interface CurveVerdict {
  /** How many of the points that were asked for lie within the factor. */
  near: number;
  of: number;
  right: boolean;
}

/**
 * A curve is right where more than half of its points lie within a factor of those of the run. What is not
 * above 0 there has no place on a logarithmic axis, and no point is near it.
 *
 * @param drawn and `came` have an entry a layer; `given` is the place of the one that the reader was given.
 */
export function judgeCurve(
  drawn: readonly number[],
  came: readonly number[],
  within: number,
  given: number,
): CurveVerdict {
  const asked = came.map((_, k) => k).filter((k) => k !== given);
  const near = asked.filter((k) => {
    const ratio = drawn[k]! / came[k]!;
    return ratio > 0 && ratio <= within && ratio >= 1 / within;
  }).length;
  return { near, of: asked.length, right: near > asked.length / 2 };
}
