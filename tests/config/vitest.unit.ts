import { defineConfig } from 'vitest/config';
import { inline, plugins, root, timeout } from './vite.ts';

export default defineConfig({
  root,
  plugins: plugins(),
  test: {
    name: 'unit',
    include: ['tests/unit/**/*.test.ts'],
    environment: 'node',
    testTimeout: timeout,
    hookTimeout: timeout,
    server: { deps: { inline } },
  },
});
