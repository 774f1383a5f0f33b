import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, createServerModuleRunner, type InlineConfig } from 'vite';
import type { Command } from './command.ts';
import { viteConfig } from './vite.ts';

/**
 * Loads a module from its sources, each of which Vite reads when it is asked for, and hands it to `use`.
 * Throws what that throws.
 *
 * @param path of the module, from the configuration's root, with a slash before it.
 */
export async function withSources<Module, Result>(
  config: InlineConfig,
  path: string,
  use: (module: Module) => Promise<Result>,
): Promise<Result> {
  // Plugins write here, and nothing may be writable among the packages.
  const cacheDir = mkdtempSync(join(tmpdir(), 'gradient-lab-'));
  const server = await createServer({
    ...config,
    cacheDir,
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
    return await use(await runner.import<Module>(path));
  } finally {
    await server.close();
    rmSync(cacheDir, { recursive: true, force: true });
  }
}

/** Runs a command from its sources. Throws what the command throws. */
export const runFromSources = (root: string, name: string, args: string[]): Promise<void> =>
  withSources<Command, void>(viteConfig(root), `/src/commands/${name}.ts`, (command) =>
    command.default(args),
  );
