import { defineConfig } from 'vitest/config';
import { browserMode, optimizeDeps } from './browserMode.ts';
import { plugins, root, timeout } from './vite.ts';

export default defineConfig(async () => ({
  root,
  plugins: plugins(),
  optimizeDeps,
  test: {
    name: 'browser',
    include: ['tests/browser/**/*.test.ts'],
    testTimeout: timeout,
    hookTimeout: timeout,
    browser: await browserMode(),
  },
}));
