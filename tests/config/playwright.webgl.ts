import { defineConfig } from '@playwright/test';
import site from './playwright.ts';
import { root } from './root.ts';

/** The same browser and the same built site; but every widget trains on WebGL: `npm run bench:webgl`. */
export default defineConfig(site, {
  testDir: `${root}tests/bench`,
  testMatch: 'webgl.test.ts',
  // Drawn in software, the slowest run takes minutes, and more on a busy machine.
  timeout: 1_800_000,
});
