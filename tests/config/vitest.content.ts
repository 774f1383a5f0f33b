import { defineConfig } from 'vitest/config';
import { inline, plugins, root, timeout } from './vite.ts';

export default defineConfig({
  root,
  plugins: plugins(),
  test: {
    name: 'content',
    include: ['tests/content/**/*.test.ts'],
    environment: 'node',
    maxWorkers: '100%',
    testTimeout: timeout,
    hookTimeout: timeout,
    server: { deps: { inline } },
  },
});
