import type { Locator, Page } from '@playwright/test';
import { expectAllInPlace } from '../support/inPlace.ts';
import { placed, training } from '../support/placed.ts';
import { expect, open, test } from '../support/site.ts';
import { awaken, button, widgetOf } from '../support/widgets.ts';

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

/** Null for a widget whose own drawing leads it. */
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

test('one screen holds Run, the main chart and what answers to it, of every widget; a phone all that is unfolded', async ({
  page,
}) => {
  const session = await page.context().newCDPSession(page);
  let asked = 0;
  for (const { id } of placed) {
    await open(page, `widgets/${id}/`);
    for (const [name, { width, height, deviceScaleFactor }] of Object.entries(SCREENS)) {
      await session.send('Emulation.setDeviceMetricsOverride', {
        ...{ width, height, deviceScaleFactor },
        mobile: false,
      });
      expect(await page.evaluate(() => innerWidth)).toBe(width);
      if (width === 390) await expectAllInPlace(page, `${id} at ${name}`);
      const anatomy = await anatomyOf(widgetOf(page, id));
      if (anatomy === null) continue;
      asked += 1;
      const where = `${id} at ${name}`;
      expect.soft(anatomy.runAndChart, where).toBeLessThanOrEqual(anatomy.room);
      expect.soft(anatomy.beyond, where).toBeLessThanOrEqual(0);
      // A window of 540 pixels holds the chart, and Run beside it; the dials are one move away.
      if (height > 540) expect.soft(anatomy.withDials, where).toBeLessThanOrEqual(anatomy.room);
    }
  }
  expect(asked).toBeGreaterThan(10 * Object.keys(SCREENS).length);
});

/** Whether a control can be pressed where it stands: in sight, and under nothing. */
const isOnTop = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  });

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  const { id } = training.find((one) => one.id === 'vanishing-depth')!;

  async function live(page: Page): Promise<Locator> {
    // Without it a page is still on its way to where the focus is.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, `widgets/${id}/`);
    const widget = widgetOf(page, id);
    await awaken(widget);
    return widget;
  }

  test('Run stays in reach along the chart, the controls and what is told', async ({ page }) => {
    const widget = await live(page);
    for (const place of ['.gl-chart', '.side .control', '.description', '.seeds']) {
      await widget
        .locator(place)
        .first()
        .evaluate((box) => box.scrollIntoView({ block: 'center', behavior: 'instant' }));
      expect(await isOnTop(button(widget, 'Run')), place).toBe(true);
    }
  });

  test('the bar that stays covers nothing that takes the focus', async ({ page }) => {
    const widget = await live(page);
    for (const summary of await widget.locator('.side details > summary').all())
      await summary.click();
    for (const key of ['Tab', 'Shift+Tab']) {
      const end = key === 'Tab' ? widget.getByRole('button').first() : button(widget, 'Copy link');
      await end.focus();
      const covered: string[] = [];
      for (let k = 0; k < 60; k += 1) {
        await page.keyboard.press(key);
        const fault = await page.evaluate(() => {
          const active = document.activeElement!;
          const bar = document.querySelector('[data-widget] .running')!;
          if (active.closest('[data-widget]') === null) return 'out';
          if (bar.contains(active) || bar.getBoundingClientRect().top > 300) return '';
          const [one, other] = [active, bar].map((box) => box.getBoundingClientRect());
          // A control of the chart's is seen by the chart.
          const box = active.closest('.gl-chart')?.getBoundingClientRect() ?? one!;
          return box.bottom <= other!.bottom + 1 && box.bottom > 0 ? active.outerHTML : '';
        });
        if (fault === 'out') break;
        if (fault !== '') covered.push(fault);
      }
      expect(covered, key).toEqual([]);
    }
  });

  test('a chart is chosen by its name, and is drawn while the others are not', async ({ page }) => {
    const widget = await live(page);
    const charts = widget.getByRole('group', { name: 'Chart', exact: true });
    const [first, second] = await charts.getByRole('button').all();
    await expect(first!).toHaveAttribute('aria-pressed', 'true');
    await second!.focus();
    await page.keyboard.press('Enter');
    await expect(second!).toHaveAttribute('aria-pressed', 'true');
    await expect(second!).toBeFocused();
    const shown = widget.locator('[data-figure]').filter({ visible: true });
    await expect(shown).toHaveCount(1);
    await expect(shown.locator('figcaption b')).toContainText((await second!.innerText()).trim());
  });
});
