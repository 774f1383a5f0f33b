import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, createServerModuleRunner } from 'vite';
import type { Command } from './command.ts';
import { viteConfig } from './vite.ts';

/**
 * Runs a command from its sources, each of which Vite reads when it is asked for. Throws what the
 * command throws.
 */
export async function runFromSources(root: string, name: string, args: string[]): Promise<void> {
  // Plugins write here, and nothing may be writable among the packages.
  const cacheDir = mkdtempSync(join(tmpdir(), 'gradient-lab-'));
  const server = await createServer({
    ...viteConfig(root),
    cacheDir,
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
    const command = await runner.import<Command>(`/src/commands/${name}.ts`);
    await command.default(args);
  } finally {
    await server.close();
    rmSync(cacheDir, { recursive: true, force: true });
  }
}
