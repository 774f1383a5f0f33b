import type { BrowserContext } from '@playwright/test';

/**
 * Has the pages of a context show every figure at once, as a reader may choose, with no veil until a guess.
 * What is tested of figures is tested without it; `predictions.test.ts` tests the veil.
 */
export const unveil = (context: Pick<BrowserContext, 'addInitScript'>): Promise<unknown> =>
  context.addInitScript(() => {
    try {
      localStorage.setItem('gradient-lab-guesses', '{"unveiled":true}');
    } catch {
      // A frame of opaque origin keeps nothing, and veils nothing.
    }
  });
