import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from '../support/browser.ts';
import { root } from './root.ts';

const executablePath = await findBrowser();

export default defineConfig({
  testDir: `${root}tests/site`,
  testMatch: '**/*.test.ts',
  outputDir: `${root}test-results`,
  globalSetup: `${root}tests/support/buildSite.ts`,
  fullyParallel: true,
  // More than cores: a page waits for its frames most of the time.
  workers: '150%',
  retries: 0,
  forbidOnly: true,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args: browserFlags },
    viewport: { width: 1280, height: 800 },
  },
});
