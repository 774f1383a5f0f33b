import type { Role } from '../../checkup/read/names.ts';
import { roleNames } from '../../checkup/report/words.ts';
import type { Given } from '../../checkup/run/run.ts';

export interface Options {
  files: string[];
  json: boolean;
  given: Given;
  chosen: Map<string, Role>;
}

const usage =
  'npm run checkup -- file… [-] [--json] [--clip 1.0] [--classes 10] [--column NAME=ROLE]';

/** Reads the command's arguments; throws a sentence where one is wrong. */
export function readOptions(args: string[]): Options {
  const options: Options = { files: [], json: false, given: {}, chosen: new Map() };
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = splitOption(args[i]!);
    const value = (): string => {
      const text = inline ?? args[++i];
      if (text === undefined) throw new Error(`${name} needs a value: ${usage}`);
      return text;
    };
    if (name === '--json') options.json = true;
    else if (name === '--clip') options.given.clip = positive(name, value());
    else if (name === '--classes') {
      const classes = positive(name, value());
      if (!Number.isInteger(classes) || classes < 2)
        throw new Error('--classes must be a whole number from 2.');
      options.given.classes = classes;
    } else if (name === '--column') addColumn(value(), options.chosen);
    else if (name.startsWith('--')) throw new Error(`There is no option ${name}: ${usage}`);
    else options.files.push(args[i]!);
  }
  if (options.files.length === 0) throw new Error(`Name a file, or - for standard input: ${usage}`);
  return options;
}

function splitOption(argument: string): [name: string, value: string | undefined] {
  const equals = argument.indexOf('=');
  return argument.startsWith('--') && equals !== -1
    ? [argument.slice(0, equals), argument.slice(equals + 1)]
    : [argument, undefined];
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!(number > 0) || !Number.isFinite(number))
    throw new Error(`${name} must be a number above 0, not "${text}".`);
  return number;
}

function addColumn(text: string, chosen: Map<string, Role>): void {
  const at = text.lastIndexOf('=');
  const role = text.slice(at + 1);
  if (at < 1 || !(role in roleNames))
    throw new Error(
      `--column takes NAME=ROLE, for example --column "my_norm=gradientNorm"; roles: ${Object.keys(roleNames).join(', ')}.`,
    );
  chosen.set(text.slice(0, at), role as Role);
}
