import type { Locator, Page } from '@playwright/test';
import { hasDials } from '../support/oneScreen.ts';
import { placed, training } from '../support/placed.ts';
import { expect, open, test } from '../support/site.ts';
import { awaken, button, widgetOf } from '../support/widgets.ts';

/** Whether a control can be pressed where it stands: in sight, and under nothing. */
const isOnTop = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  });

test('most figures have dials beside a chart, which pages.test.ts measures', () => {
  expect(placed.filter(({ id }) => hasDials(id)).length).toBeGreaterThan(10);
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
