import type { Page } from '@playwright/test';

/** What the browser's tools say of a node, of all that they say. */
interface Known {
  nodeId: number;
  nodeName: string;
  children?: Known[];
  contentDocument?: Known;
}

/** The ids of a document and of those in its frames. */
const documentsIn = (node: Known): number[] => [
  ...(node.nodeName === '#document' ? [node.nodeId] : []),
  ...[...(node.children ?? []), ...(node.contentDocument ? [node.contentDocument] : [])].flatMap(
    documentsIn,
  ),
];

/**
 * The fonts that draw the text of all elements that a selector finds in a page and its frames, as the browser's own
 * tools name them. A font of the page's is named by its family alone.
 */
export async function fontsOf(page: Page, selector: string): Promise<string[]> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('DOM.enable');
  await tools.send('CSS.enable');
  const { root } = await tools.send('DOM.getDocument', { depth: -1, pierce: true });
  const found = await Promise.all(
    documentsIn(root).map((nodeId) => tools.send('DOM.querySelectorAll', { nodeId, selector })),
  );
  const names = new Set<string>();
  for (const nodeId of found.flatMap(({ nodeIds }) => nodeIds)) {
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
