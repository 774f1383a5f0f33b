import type { Parameter, ParameterTable, SettingsOf } from './parameters';
import { en, type Words } from './words/en';

/**
 * One codec between a widget's parameters and text: the canonical string, a URL's query, an embed's
 * attributes and MDX props. A parameter is called `learningRate` in code and MDX, and
 * `learning-rate` in a URL and as an attribute; both spellings are read everywhere.
 */

type Given = string | number | boolean;
type Value = string | number | boolean;

/** Settings of a table whose type is not known. */
export type AnySettings = Record<string, Value>;

/** What reading gave: every parameter's value, and sentences about what was not understood. */
export interface Read<V> {
  settings: V;
  notes: string[];
}

/** A parameter given from content was unknown or out of range; the message says what is allowed. */
export class ParameterError extends Error {
  override name = 'ParameterError';
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** `learningRate` → `learning-rate`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `learning-rate` → `learningRate`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** What a parameter may be, in words: "depth is a whole number from 1 to 50". */
export function allowed(name: string, parameter: Parameter, words: Words = en): string {
  switch (parameter.kind) {
    case 'int':
      return words.parameters.wholeNumber(name, String(parameter.min), String(parameter.max));
    case 'number':
      return words.parameters.realNumber(name, String(parameter.min), String(parameter.max));
    case 'choice':
      return words.parameters.oneOf(name, words.list(parameter.options.map((o) => o.value)));
    case 'flag':
      return words.parameters.onOff(name);
  }
}

/** The value that a text, number or boolean stands for; undefined where it is not allowed. */
export function parseValue(parameter: Parameter, given: Given): Value | undefined {
  switch (parameter.kind) {
    case 'int':
    case 'number': {
      if (typeof given === 'boolean') return undefined;
      if (typeof given === 'string' && !NUMBER.test(given)) return undefined;
      const value = Number(given) + 0; // + 0 turns −0 into 0
      const inRange = value >= parameter.min && value <= parameter.max;
      return inRange && (parameter.kind === 'number' || Number.isInteger(value))
        ? value
        : undefined;
    }
    case 'choice':
      return parameter.options.find((option) => option.value === given)?.value;
    case 'flag':
      if (given === true || given === 'true' || given === '') return true;
      if (given === false || given === 'false') return false;
      return undefined;
  }
}

/** Every parameter at its default. */
export function defaults<P extends ParameterTable>(table: P): SettingsOf<P> {
  return Object.fromEntries(
    Object.entries(table).map(([name, parameter]) => [name, parameter.default]),
  ) as SettingsOf<P>;
}

/**
 * Reads names and values, in either spelling, over `base` (the defaults unless given). An unknown
 * name is ignored with a note; a wrong value falls back to the base with a sentence that says what
 * is allowed. A name given twice counts the last time.
 */
export function read<P extends ParameterTable>(
  table: P,
  entries: Iterable<readonly [string, Given]>,
  base: SettingsOf<P> = defaults(table),
  words: Words = en,
): Read<SettingsOf<P>> {
  const settings: AnySettings = { ...(base as AnySettings) };
  const notes: string[] = [];
  for (const [given, text] of entries) {
    const name = camelCase(given);
    const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
    if (parameter === undefined) {
      notes.push(words.parameters.unknown(given, knownNames(table, words)));
      continue;
    }
    const value = parseValue(parameter, text);
    if (value === undefined) {
      const fallback = (base as AnySettings)[name] as Value;
      settings[name] = fallback;
      notes.push(
        `${words.parameters.wrong(given, String(text), allowed(given, parameter, words))}; ` +
          `${words.parameters.using(String(fallback))}.`,
      );
    } else {
      settings[name] = value;
    }
  }
  return { settings: settings as SettingsOf<P>, notes };
}

/**
 * Reads what an author wrote. Throws `ParameterError` naming every unknown parameter and every wrong
 * value with what is allowed.
 */
export function readStrict<P extends ParameterTable>(
  table: P,
  props: Record<string, unknown>,
  base: SettingsOf<P> = defaults(table),
): SettingsOf<P> {
  const settings: AnySettings = { ...(base as AnySettings) };
  const faults: string[] = [];
  for (const [given, raw] of Object.entries(props)) {
    const name = camelCase(given);
    const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
    if (parameter === undefined) {
      faults.push(en.parameters.unknownStrict(given, knownNames(table, en)));
      continue;
    }
    const value = isGiven(raw) ? parseValue(parameter, raw) : undefined;
    if (value === undefined)
      faults.push(en.parameters.wrong(given, String(raw), allowed(given, parameter)));
    else settings[name] = value;
  }
  if (faults.length > 0) throw new ParameterError(faults.join('; '));
  return settings as SettingsOf<P>;
}

/** The settings that differ from `base`, as [kebab-case name, text], in the table's order. */
export function entries<P extends ParameterTable>(
  table: P,
  settings: SettingsOf<P>,
  base: SettingsOf<P> = defaults(table),
): [string, string][] {
  const given = settings as AnySettings;
  const from = base as AnySettings;
  return Object.keys(table)
    .filter((name) => given[name] !== from[name])
    .map((name) => [kebabCase(name), String(given[name])]);
}

/**
 * The canonical string of settings: those that are not the default, in the table's order, as
 * a query without the question mark; '' for the defaults. Equal settings have equal strings.
 */
export function canonical<P extends ParameterTable>(table: P, settings: SettingsOf<P>): string {
  return new URLSearchParams(entries(table, settings)).toString();
}

/** A preset's settings over the defaults. Throws `ParameterError` where there is no such preset. */
export function presetSettings<P extends ParameterTable>(
  widget: { params: P; presets: Record<string, { params: object }> },
  preset: string | undefined,
): SettingsOf<P> {
  const base = defaults(widget.params);
  if (preset === undefined) return base;
  if (!Object.hasOwn(widget.presets, preset)) {
    const known = en.list(Object.keys(widget.presets));
    throw new ParameterError(en.parameters.unknownPreset(preset, known));
  }
  return { ...base, ...widget.presets[preset]?.params } as SettingsOf<P>;
}

/** The query of an older version's link, brought to the widget's version by its migrations. */
export function migrate(
  widget: {
    version: number;
    migrations?: Record<number, (old: Record<string, string>) => Record<string, string>>;
  },
  query: Record<string, string>,
  from: number,
): Record<string, string> {
  let migrated = query;
  for (let version = from; version < widget.version; version++) {
    migrated = widget.migrations?.[version + 1]?.(migrated) ?? migrated;
  }
  return migrated;
}

function knownNames(table: ParameterTable, words: Words): string {
  return words.listAll(Object.keys(table).map(kebabCase));
}

function isGiven(value: unknown): value is Given {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
