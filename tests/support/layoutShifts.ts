import type { Page } from '@playwright/test';

/** One entry of the layout-shift timeline, which TypeScript's library does not know. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: { node: Node | null }[];
}

/** A shift of what a reader sees, with the elements that have moved. */
export interface Shift {
  value: number;
  nodes: string[];
}

/** Has a page note every shift of its layout, from its next load on. */
export async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const layoutShifts: Shift[] = [];
    Object.assign(globalThis, { layoutShifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[])
        layoutShifts.push({
          value: entry.value,
          nodes: entry.sources.map(
            ({ node }) => (node as Element | null)?.outerHTML?.slice(0, 120) ?? '?',
          ),
        });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The shifts that a page has noted. */
export const shiftsOf = (page: Page): Promise<Shift[]> =>
  page.evaluate(() => (globalThis as unknown as { layoutShifts: Shift[] }).layoutShifts);
