import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longestFirst.ts';
import { inline, plugins, root, timeout } from './vite.ts';

export default defineConfig({
  root,
  plugins: plugins(),
  test: {
    name: 'unit',
    include: ['tests/unit/**/*.test.ts'],
    environment: 'node',
    // Saved figures carry the charts' own rules.
    css: { include: /charts\.css/ },
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    testTimeout: timeout,
    hookTimeout: timeout,
    server: { deps: { inline } },
  },
});
