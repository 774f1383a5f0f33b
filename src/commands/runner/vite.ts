import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { InlineConfig } from 'vite';
import { engineVite } from '../../engine/vite.ts';

/** How Vite reads the sources for a command: as for the page, without the site around it. */
export const viteConfig = (root: string): InlineConfig => ({
  root,
  configFile: false,
  envDir: false,
  logLevel: 'error',
  plugins: [engineVite(), svelte({ configFile: false })],
});
