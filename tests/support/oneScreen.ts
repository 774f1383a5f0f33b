import { expect, type Locator, type Page } from '@playwright/test';
import { expectAllInPlace } from './inPlace.ts';
import { htmlOf } from './site.ts';
import { widgetOf } from './widgets.ts';

/** A laptop, a phone, and a large screen at 200 %. */
const SCREENS = {
  '1280 × 800': { width: 1280, height: 800, deviceScaleFactor: 1 },
  '390 × 844': { width: 390, height: 844, deviceScaleFactor: 1 },
  '1920 × 1080 at 200 %': { width: 960, height: 540, deviceScaleFactor: 2 },
};

interface Anatomy {
  /** From the top of the run bar, or of the chart where nothing is run, to the end of the main chart. */
  runAndChart: number;
  /** The same, to the end of the last control that is not folded where they stand beside it, else of the first. */
  withDials: number;
  /** What the page does not keep for itself. */
  room: number;
  /** How far the page runs beyond the window. */
  beyond: number;
}

/** Whether dials of a widget stand beside its main chart, by its page's HTML: not where its own drawing leads it. */
export const hasDials = (id: string): boolean =>
  /class="work (?![^"]*\balone\b)/.test(htmlOf(`widgets/${id}/`));

/** Null for a widget that has none such. */
const anatomyOf = (widget: Locator): Promise<Anatomy | null> =>
  widget.evaluate((root) => {
    const stage = root.querySelector('.work:not(.alone) > .stage');
    const chart = stage?.querySelector('.gl-chart');
    if (!stage || !chart) return null;
    const start = (stage.querySelector('.running') ?? chart).getBoundingClientRect().top;
    const { bottom, left } = chart.getBoundingClientRect();
    const dials = [...root.querySelectorAll('.side .control')].filter((one) =>
      one.checkVisibility(),
    );
    const beside = dials.length > 0 && dials[0]!.getBoundingClientRect().left > left + 100;
    const dial = (beside ? dials.at(-1) : dials[0])?.getBoundingClientRect().bottom ?? bottom;
    const style = getComputedStyle(document.documentElement);
    return {
      runAndChart: bottom - start,
      withDials: Math.max(bottom, dial) - start,
      room: innerHeight - parseFloat(style.scrollPaddingTop) + 1.5 * parseFloat(style.fontSize),
      beyond: document.documentElement.scrollWidth - innerWidth,
    };
  });

/**
 * One screen holds Run, the main chart and what answers to it, in the page of a single figure; on a phone all that
 * is unfolded keeps to its place.
 */
export async function expectOneScreen(page: Page, id: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const [name, { width, height, deviceScaleFactor }] of Object.entries(SCREENS)) {
    await session.send('Emulation.setDeviceMetricsOverride', {
      ...{ width, height, deviceScaleFactor },
      mobile: false,
    });
    expect(await page.evaluate(() => innerWidth)).toBe(width);
    if (width === 390) await expectAllInPlace(page, name);
    const anatomy = await anatomyOf(widgetOf(page, id));
    expect(anatomy !== null, name).toBe(hasDials(id));
    if (anatomy === null) continue;
    expect.soft(anatomy.runAndChart, name).toBeLessThanOrEqual(anatomy.room);
    expect.soft(anatomy.beyond, name).toBeLessThanOrEqual(0);
    // A window of 540 pixels holds the chart, and Run beside it; the dials are one move away.
    if (height > 540) expect.soft(anatomy.withDials, name).toBeLessThanOrEqual(anatomy.room);
  }
  await session.detach();
}
