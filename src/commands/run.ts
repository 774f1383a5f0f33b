/**
 * Runs a command of this folder through Vite's module runner, so that it shares every file with the
 * page: `node src/commands/run.ts record vanishing-depth`. The command's module exports
 * `default (args) => Promise<void>`; what it throws is printed as one sentence.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer, createServerModuleRunner } from 'vite';
import { engineVite } from '../engine/vite.ts';

interface Command {
  default: (args: string[]) => Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

async function main(name: string | undefined, args: string[]): Promise<void> {
  if (name === undefined || !existsSync(`${root}src/commands/${name}.ts`))
    throw new Error(`There is no command "${name ?? ''}" in src/commands.`);
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    plugins: [engineVite(), svelte({ configFile: false })],
  });
  try {
    const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
    const command = await runner.import<Command>(`/src/commands/${name}.ts`);
    await command.default(args);
  } finally {
    await server.close();
  }
}

try {
  const [name, ...args] = process.argv.slice(2);
  await main(name, args);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (process.env['DEBUG'] && error instanceof Error) console.error(error.stack);
  process.exitCode = 1;
}
