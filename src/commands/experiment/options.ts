import { parseArgs } from 'node:util';
import { backendFacts, backendNames, type BackendName } from '../../engine/types';

/** The backends of Node, the plainest first. */
export const backends: BackendName[] = backendNames
  .filter((name) => backendFacts[name].inNode)
  .toReversed();

/** What the command was told; what was not given is undefined or empty. */
export interface Options {
  /** The widget's id; undefined where a specification is run. */
  id: string | undefined;
  spec: string | undefined;
  preset: string | undefined;
  /** `--set depth=30`, by name. */
  set: Record<string, string>;
  seeds: number;
  backend: BackendName | undefined;
  every: number | undefined;
  statistics: string[];
  json: boolean;
}

/** Reads the arguments. Throws a sentence that names what is wrong and what is allowed. */
export function readOptions(args: string[]): Options {
  const { values: given, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      spec: { type: 'string' },
      preset: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      seeds: { type: 'string', default: '1' },
      backend: { type: 'string' },
      every: { type: 'string' },
      statistics: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  });
  const [id, ...surplus] = positionals;
  if ((id === undefined) === (given.spec === undefined) || surplus.length > 0)
    throw new Error('Name one widget, or give --spec file.json.');
  if (given.spec !== undefined && given.preset !== undefined)
    throw new Error('--preset belongs to a widget, not to --spec.');
  for (const option of ['statistics', 'every'] as const)
    if (given[option] && id !== undefined)
      throw new Error(`--${option} belongs to --spec; a widget chooses its own.`);
  return {
    id,
    spec: given.spec,
    preset: given.preset,
    set: settings(given.set),
    seeds: wholeNumber(given.seeds, '--seeds'),
    backend: given.backend === undefined ? undefined : oneOf(backends, given.backend, '--backend'),
    every: given.every === undefined ? undefined : wholeNumber(given.every, '--every'),
    statistics: given.statistics.split(',').filter(Boolean),
    json: given.json,
  };
}

/** `--set depth=30` as entries. */
function settings(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((entry) => {
      const at = entry.indexOf('=');
      if (at < 1) throw new Error(`--set is ${entry}; allowed: name=value.`);
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}

/** The number that an option holds. Throws a sentence where it is none from 1 to 1000. */
export function wholeNumber(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1000) {
    throw new Error(`${option} is ${text}; allowed: a whole number from 1 to 1000.`);
  }
  return value;
}

/** The value of an option, one of those allowed. Throws a sentence that names them where it is none. */
export function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  if (!allowed.includes(value as T)) {
    throw new Error(`${option} is ${value}; allowed: ${allowed.join(', ')}.`);
  }
  return value as T;
}
