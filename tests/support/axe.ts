import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** Loads axe into a page and its frames, whatever their origin; `faultsOf` asks it from then on. */
export async function loadAxe(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    await frame.evaluate(axe.source);
    await frame.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.configure({
        allowedOrigins: ['<unsafe_all_origins>'],
      }),
    );
  }
}

/**
 * What axe finds in a page, or in what a selector names, one line for each element. It runs where it
 * is loaded and hands over nothing but faults: what it says of a chapter's thousands of elements
 * that are sound takes longer to carry about than to find.
 */
export function faultsOf(page: Page, options: axe.RunOptions, include?: string): Promise<string[]> {
  return page.evaluate(
    async ([selector, wanted]) => {
      const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
      const within: axe.ElementContext = selector === null ? document : { include: [selector] };
      const { violations } = await run(within, {
        ...wanted,
        reporter: 'no-passes',
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, any }) => `${target.join(' ')}: ${id} (${any[0]?.message ?? help})`),
      );
    },
    [include ?? null, options] as const,
  );
}
