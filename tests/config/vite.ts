import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import type { PluginOption } from 'vite';
import { engineVite } from '../../src/engine/vite.ts';
import { root } from './root.ts';

export { root };

/** Folder of the reference vectors: `GOLDEN_DIR`, or tests/golden; it may lie outside the repository. */
export const goldenDir = process.env['GOLDEN_DIR'] || `${root}tests/golden`;

/** Paths of the reference vectors' files. */
export const goldenFiles = (): string[] =>
  readdirSync(goldenDir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(resolve(goldenDir), name));

/** Loads tfjs and compiles Svelte components as the site does, without a configuration file at the top level. */
export const plugins = (): PluginOption[] => [
  engineVite(),
  svelte({ configFile: false, preprocess: vitePreprocess() }),
];

/** Packages that plain Node cannot load as published (extensionless ES modules); Vite can. */
export const inline = [/@tensorflow\//, /svelte/];

/** A generous limit: training on a software renderer on a busy machine is slow, never wrong. */
export const timeout = 120_000;
