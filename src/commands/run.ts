/**
 * Runs a command of this folder: `node src/commands/run.ts record vanishing-depth`. Vite reads it, so
 * that it shares every file with the page; what Vite makes of it is kept, since making it takes longer
 * than most commands. The command's module exports `default (args) => Promise<void>`; what it throws is
 * printed as one sentence. With `DEBUG` set nothing is kept, and the places of an error are printed as
 * they are in the sources.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Command } from './runner/command.ts';
import { keptBundle } from './runner/kept.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

async function main(name: string | undefined, args: string[]): Promise<void> {
  if (name === undefined || !existsSync(`${root}src/commands/${name}.ts`))
    throw new Error(`There is no command "${name ?? ''}" in src/commands.`);
  const bundle = process.env['DEBUG'] ? null : await keptBundle(root, name);
  if (bundle === null) {
    const { runFromSources } = await import('./runner/sources.ts');
    return runFromSources(root, name, args);
  }
  const command = (await import(pathToFileURL(bundle).href)) as Command;
  await command.default(args);
}

try {
  const [name, ...args] = process.argv.slice(2);
  await main(name, args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (process.env['DEBUG'] && error instanceof Error) console.error(error.stack);
  process.exitCode = 1;
}
