import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, createServerModuleRunner } from 'vite';
import { root } from '../config/root.ts';
import { plugins } from '../config/vite.ts';

/**
 * Loads a module of the repository through Vite, as the page does, and hands it to `use`: for what plain
 * Node cannot load, tfjs among it.
 */
export async function throughVite<Module, Result>(
  path: string,
  use: (module: Module) => Promise<Result>,
): Promise<Result> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'gradient-lab-vite-'));
  const server = await createServer({
    root,
    plugins: plugins(),
    configFile: false,
    logLevel: 'error',
    cacheDir,
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const runner = createServerModuleRunner(server.environments.ssr, { hmr: false });
    return await use(await runner.import<Module>(`${root}${path}`));
  } finally {
    await server.close();
    await rm(cacheDir, { recursive: true, force: true });
  }
}
