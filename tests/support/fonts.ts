import type { Page } from '@playwright/test';

/**
 * The fonts that draw the text of all elements that a selector finds in a page and its frames, as the browser's own
 * tools name them. A font of the page's is named by its family alone.
 */
export async function fontsOf(page: Page, selector: string): Promise<string[]> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('DOM.enable');
  await tools.send('CSS.enable');
  await tools.send('DOM.getDocument', { depth: -1, pierce: true });
  const { searchId, resultCount } = await tools.send('DOM.performSearch', { query: selector });
  const { nodeIds } =
    resultCount === 0
      ? { nodeIds: [] }
      : await tools.send('DOM.getSearchResults', { searchId, fromIndex: 0, toIndex: resultCount });
  const names = new Set<string>();
  for (const nodeId of nodeIds) {
    const { fonts } = await tools.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const { familyName, isCustomFont } of fonts)
      names.add(isCustomFont ? familyName : `${familyName} of the system`);
  }
  await tools.detach();
  return [...names];
}

/** The sum of all shifts of a page's layout so far, as browsers score it. */
export const shiftSoFar = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            sum += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 200);
      }),
  );
