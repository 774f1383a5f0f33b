/** Checks of plain data, field by field. Every message names the field, its value and what is allowed. */
import { SpecError } from './errors';

/** Checks one value found at `path`; throws `SpecError`. */
export interface Check {
  (value: unknown, path: string): void;
  /** Where it is one of some names: these. */
  names?: readonly string[];
  /** Where it may be an object: its fields, by its `kind`, or by '' where it has none. */
  kinds?: Record<string, Fields>;
}
/** The fields of an object, each with its check. */
export type Fields = Record<string, { check: Check; optional?: boolean }>;

/** A value in a message; JSON has no NaN and no infinities. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}

/** Throws `SpecError`: path is value; allowed: … */
export function fail(path: string, value: unknown, allowed: string): never {
  throw new SpecError(path, `${path} is ${show(value)}; allowed: ${allowed}.`);
}

/** A whole number within limits, both included. */
export const integer =
  (min: number, max: number): Check =>
  (value, path) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      fail(path, value, `a whole number from ${min} to ${max}`);
    }
  };

const number =
  (allowed: string, test: (value: number) => boolean): Check =>
  (value, path) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || !test(value))
      fail(path, value, allowed);
  };

export const positive = number('a number above 0', (value) => value > 0);
export const nonNegative = number('a number of at least 0', (value) => value >= 0);
export const finite = number('a finite number', () => true);
export const fraction = number(
  'a number from 0 up to, but not including, 1',
  (value) => value >= 0 && value < 1,
);
/** One of the names. */
export const oneOf = (names: readonly string[]): Check =>
  Object.assign(
    (value: unknown, path: string) => {
      if (typeof value !== 'string' || !names.includes(value)) fail(path, value, names.join(', '));
    },
    { names },
  );

function object(value: unknown, path: string): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    fail(path, value, 'an object');
  return value as Record<string, unknown>;
}

/** Checks an object's fields: each known one by its check, none missing, none unknown. */
export function fields(value: unknown, path: string, known: Fields): void {
  const given = object(value, path);
  const prefix = path === 'spec' ? '' : `${path}.`;
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(known, key)) {
      throw new SpecError(
        `${prefix}${key}`,
        `${prefix}${key} is ${show(given[key])}, but ${path} has no such field; ` +
          `allowed: ${Object.keys(known).join(', ')}.`,
      );
    }
  }
  for (const [key, { check, optional }] of Object.entries(known)) {
    if (given[key] === undefined && optional) continue;
    check(given[key], `${prefix}${key}`);
  }
}

/** An object of these fields. */
export const record = (known: Fields): Check =>
  Object.assign((value: unknown, path: string) => fields(value, path, known), {
    kinds: { '': known },
  });

/** An object of at least one of these fields. */
export const anyOf = (known: Fields): Check =>
  Object.assign(
    (value: unknown, path: string) => {
      fields(value, path, known);
      if (Object.values(value as object).every((field) => field === undefined))
        fail(path, value, `an object with ${Object.keys(known).join(', ')}, or some of them`);
    },
    { kinds: { '': known } },
  );

/** An object whose `kind` selects which other fields it has. */
export const union = (kinds: Record<string, Fields>): Check =>
  Object.assign(
    (value: unknown, path: string) => {
      const { kind } = object(value, path);
      oneOf(Object.keys(kinds))(kind, `${path}.kind`);
      fields(value, path, { kind: { check: () => {} }, ...kinds[kind as string]! });
    },
    { kinds },
  );

/** An object as one check wants it, or else a value that another wants. */
export const objectOr = (objects: Check, others: Check): Check =>
  Object.assign(
    (value: unknown, path: string) =>
      (value !== null && typeof value === 'object' ? objects : others)(value, path),
    others.names ? { names: others.names } : {},
    objects.kinds ? { kinds: objects.kinds } : {},
  );

/** A field that must be there. */
export const need = (check: Check): { check: Check } => ({ check });
/** A field that may be left out. */
export const may = (check: Check): { check: Check; optional: true } => ({ check, optional: true });
