import { defineConfig } from 'vitest/config';
import { goldenDir, inline, plugins, root, timeout } from './vite.ts';

/** How much of the engine its own tests and the reference cases run, in Node: `npm run coverage`. */
export default defineConfig({
  root,
  plugins: plugins(),
  test: {
    name: 'coverage',
    include: ['tests/unit/{engine,capture}/**/*.test.ts', 'tests/golden/**/*.test.ts'],
    exclude: ['tests/golden/**/*.browser.test.ts'],
    environment: 'node',
    env: { GOLDEN_DIR: goldenDir },
    testTimeout: timeout * 4,
    hookTimeout: timeout,
    server: { deps: { inline } },
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['src/engine/**/*.ts'],
      exclude: ['**/assembly/**', '**/*.generated.ts'],
      reporter: ['text'],
    },
  },
});
