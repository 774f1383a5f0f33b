/** Builds the page that measures, and serves it. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import { engineVite } from '../../src/engine/vite.ts';
import { serveFolder } from '../support/server.ts';

const folder = fileURLToPath(new URL('./', import.meta.url));

/** The kernels that measure the machine's peak, compiled, in base64. */
async function compilePeak(): Promise<string> {
  const { default: compiler } = await import('assemblyscript/asc');
  let binary: Uint8Array | undefined;
  const options = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--use', 'abort='];
  const { error, stderr } = await compiler.main(
    ['peak.ts', '--baseDir', join(folder, 'assembly'), ...options, '-o', 'peak.wasm'],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(join(base ?? folder, name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name, contents) => {
        if (name === 'peak.wasm') binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`The peak kernels do not compile.\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

/** Builds tests/bench/index.html into a temporary folder and serves it; `close` removes it. */
export async function servePage(): Promise<{ url: string; close(): Promise<void> }> {
  const peak = await compilePeak();
  const out = await mkdtemp(join(tmpdir(), 'gradient-lab-bench-'));
  const plugins = () => [engineVite(), svelte({ configFile: false })];
  await build({
    root: folder,
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: plugins(),
    define: { __PEAK__: JSON.stringify(peak) },
    worker: { format: 'es', plugins },
    build: { outDir: out, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023' },
  });
  const server = await serveFolder(out);
  return {
    url: `${server.url}index.html`,
    close: async () => {
      await server.close();
      await rm(out, { recursive: true });
    },
  };
}
