import { playwright } from '@vitest/browser-playwright';
import type { BrowserConfigOptions } from 'vitest/node';
import { browserFlags, findBrowser } from '../support/browser.ts';

/** Vitest's browser mode on the browser that tests/support/browser.ts finds. */
export async function browserMode(): Promise<BrowserConfigOptions> {
  return {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    provider: playwright({
      launchOptions: { executablePath: await findBrowser(), args: browserFlags },
    }),
    instances: [{ browser: 'chromium' }],
  };
}

/** Found before the first test: a dependency found late reloads the page and hangs its worker. */
export const optimizeDeps = {
  entries: ['src/**/*.worker.ts', 'src/widgets/**/*.svelte', 'tests/browser/**/*.ts'],
};
