import { defineConfig } from 'vitest/config';
import { browserMode, optimizeDeps } from './browserMode.ts';
import { goldenDir, goldenFiles, inline, plugins, root, timeout } from './vite.ts';

/** `*.test.ts` runs in Node, `*.browser.test.ts` in the browser; both read the vectors in GOLDEN_DIR. */
export default defineConfig(async () => ({
  root,
  test: {
    maxWorkers: '100%',
    projects: [
      {
        root,
        plugins: plugins(),
        test: {
          name: 'golden',
          include: ['tests/golden/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          environment: 'node',
          env: { GOLDEN_DIR: goldenDir },
          testTimeout: timeout,
          hookTimeout: timeout,
          server: { deps: { inline } },
        },
      },
      {
        root,
        plugins: [...plugins(), goldenFiles()],
        optimizeDeps,
        test: {
          name: 'golden in the browser',
          include: ['tests/golden/**/*.browser.test.ts'],
          testTimeout: timeout,
          hookTimeout: timeout,
          browser: await browserMode(),
        },
      },
    ],
  },
}));
