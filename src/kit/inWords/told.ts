import type { ResolvedInitializer } from '../../engine/types';
import { formatCount, formatNumber } from '../format';
import type { Words } from '../words/en';
import { specIn } from '../words/networks';

/**
 * A value in words; the numbers in it have so many significant digits. In full it also says what goes
 * without saying, such as a gain of 1.
 */
export type Told = (digits: number, inFull?: boolean) => string;

/** With so many digits, no two numbers read the same. */
export const mostDigits = 17;

/** A field under the name that the reader has for it. */
export type Entry = [what: string, told: Told];

/** The fields that one form or another of a specification has. */
export type Fields<S> = S extends unknown ? Exclude<keyof S, 'kind'> : never;
type Value<S, F> = S extends unknown ? (F extends keyof S ? S[F] : never) : never;

/**
 * How each field of a specification is told, in the order in which it is; null where this one has none.
 * A new field of the engine does not compile before it is here.
 */
export type Tellers<S> = { [F in Fields<S>]: (value: Value<S, F>) => Told | null };

/** What is told of the fields that a specification has, by field. */
export function tell<S extends object>(spec: S, tellers: Tellers<S>): [Fields<S>, Told][] {
  const values = spec as Record<string, unknown>;
  return Object.entries<(value: never) => Told | null>(tellers).flatMap(([field, teller]) => {
    const told = field in values ? teller(values[field] as never) : null;
    return told ? [[field as Fields<S>, told]] : [];
  });
}

/** The same under the reader's names. */
export function entries<S extends object>(
  spec: S,
  names: Record<Fields<S>, string>,
  tellers: Tellers<S>,
): Entry[] {
  return tell(spec, tellers).map(([field, told]) => [names[field], told]);
}

/** A value without numbers. */
export const fixed =
  (text: string): Told =>
  () =>
    text;

/** How numbers, counts and initializers are told in a language. */
export function tellersIn(words: Words) {
  const { locale } = words;
  const number =
    (value: number): Told =>
    (digits) =>
      formatNumber(value, { locale, digits });
  return {
    number,
    // A seed is known by all its digits, however many.
    count: (value: number): Told =>
      value < 1e6 ? number(value) : () => formatCount(value, locale),
    initializer: (spec: ResolvedInitializer): Told => {
      const numbers = (inFull: boolean) =>
        entries(spec, specIn(words).initializerNumbers, {
          // A gain of 1 changes nothing.
          gain: (value) => (value === 1 && !inFull ? null : number(value)),
          value: number,
          std: number,
          limit: number,
        });
      const name = specIn(words).initializers[spec.kind];
      return (digits, inFull = false) => {
        const told = numbers(inFull).map(([what, number]) => `${what} ${number(digits)}`);
        return told.length === 0 ? name : `${name} (${told.join(', ')})`;
      };
    },
  };
}
