import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import type { Plugin, PluginOption } from 'vite';
import { engineVite } from '../../src/engine/vite.ts';
import { root } from './root.ts';

export { root };

/** Folder of the reference vectors: `GOLDEN_DIR`, or tests/golden; it may lie outside the repository. */
export const goldenDir = resolve(process.env['GOLDEN_DIR'] || `${root}tests/golden`);

/**
 * Answers `/golden-files` with the texts of the reference vectors' files: by one address of its own,
 * since a folder's path may hold any character. Throws a sentence where there is no such folder.
 */
export function goldenFiles(): Plugin {
  if (!existsSync(goldenDir)) throw new Error(`GOLDEN_DIR names ${goldenDir}, which is not there.`);
  return {
    name: 'golden-files',
    configureServer(server) {
      server.middlewares.use('/golden-files', (_request, response) => {
        const files = readdirSync(goldenDir)
          .filter((name) => name.endsWith('.json'))
          .map((name) => ({ name, text: readFileSync(join(goldenDir, name), 'utf8') }));
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({ folder: goldenDir, files }));
      });
    },
  };
}

/** Loads tfjs and compiles Svelte components as the site does, without a configuration file at the top level. */
export const plugins = (): PluginOption[] => [
  engineVite(),
  svelte({ configFile: false, preprocess: vitePreprocess() }),
];

/** Packages that plain Node cannot load as published (extensionless ES modules); Vite can. */
export const inline = [/@tensorflow\//, /svelte/];

/** A generous limit: training on a software renderer on a busy machine is slow, never wrong. */
export const timeout = 120_000;
