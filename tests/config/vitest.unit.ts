import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './longestFirst.ts';
import { inline, plugins, root, timeout } from './vite.ts';

/**
 * Tests that leave nothing behind in the modules that they load, so that one process loads engine and
 * registry once for many files. Not that of the recordings, which trains for minutes.
 */
const tidy = [
  'tests/unit/{charts,checkup,embed,site,widgets}/**/*.test.ts',
  'tests/unit/kit/**/!(recordings).test.ts',
];

const project = (
  name: string,
  own: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration => ({
  root,
  plugins: plugins(),
  test: {
    name,
    environment: 'node',
    // Saved figures carry the charts' own rules.
    css: { include: /(charts|network)\.css/ },
    testTimeout: timeout,
    hookTimeout: timeout,
    server: { deps: { inline } },
    ...own,
  },
});

export default defineConfig({
  root,
  test: {
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit', { include: ['tests/unit/**/*.test.ts'], exclude: tidy }),
      project('unit, in one process', { include: tidy, isolate: false }),
    ],
  },
});
