import type { Page } from '@playwright/test';

/** One entry of the layout-shift timeline, which TypeScript's library does not know. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null }[];
}

/** A shift of what a reader sees, with the elements that have moved. */
export interface Shift {
  value: number;
  /** When, in milliseconds since the page began to load. */
  at: number;
  /** Within half a second of a press of the reader's, who asked for it. */
  asked: boolean;
  nodes: string[];
}

/** Has a page note every shift of its layout, from its next load on. */
export async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const layoutShifts: Shift[] = [];
    const arrivals: number[] = [];
    Object.assign(globalThis, { layoutShifts, arrivals });
    document.fonts.addEventListener('loadingdone', ({ timeStamp }) => arrivals.push(timeStamp));
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[])
        layoutShifts.push({
          value: entry.value,
          at: entry.startTime,
          asked: entry.hadRecentInput,
          nodes: entry.sources.map(
            ({ node }) => (node as Element | null)?.outerHTML?.slice(0, 120) ?? '?',
          ),
        });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/**
 * The shifts that a page has noted, but those between the last byte of a face and the frames after the word that
 * it is there: on a busy machine faces come after the first picture, and how far they may move a text is asked where they are
 * held back (`fonts.test.ts`).
 */
export const shiftsOf = (page: Page): Promise<Shift[]> =>
  page.evaluate(() => {
    const { layoutShifts, arrivals } = globalThis as unknown as {
      layoutShifts: Shift[];
      arrivals: number[];
    };
    const faces = (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.woff2'))
      .map(({ responseEnd }) => ({
        from: responseEnd,
        to: (arrivals.find((time) => time >= responseEnd) ?? Infinity) + 200,
      }));
    return layoutShifts.filter(({ at }) => !faces.some(({ from, to }) => from <= at && at <= to));
  });
