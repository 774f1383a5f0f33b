import { stillFigures } from '../support/stillFigures.ts';
import { expect, open, pagesWithWidgets, test } from '../support/site.ts';
import { awaken, button, widgetOf } from '../support/widgets.ts';

/** Readers whose browser refuses something: scripts, or storage. */

const path = 'vanishing-gradients/';
const WHITE = 'rgb(255, 255, 255)';

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`without JavaScript, where the system is ${colorScheme}`, () => {
    test.use({ javaScriptEnabled: false, colorScheme });

    test('the page has its colours, and offers nothing that only a script can do', async ({
      page,
    }) => {
      for (const where of [
        '',
        path,
        'widgets/residual-depth/',
        'embed/',
        'embed/vanishing-depth/',
      ]) {
        await open(page, where);
        // Pages of the site and embeds lay it under one element or the other.
        const ground = await page
          .locator('html, body')
          .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
        const isWhite = ground.find((colour) => colour !== 'rgba(0, 0, 0, 0)') === WHITE;
        expect(isWhite, where).toBe(colorScheme === 'light');
        const dead = page
          .locator('.gl-widget :is(button, .groups), button:disabled, input:disabled')
          .filter({ visible: true });
        await expect(dead, where).toHaveCount(0);
        const scripted = page
          .locator('site-search, starlight-theme-select')
          .filter({ visible: true });
        await expect(scripted, where).toHaveCount(0);
      }
    });
  });

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  // Of the chapters `print.test.ts` asks the same, which loads them without scripts in any case.
  test('the page of each widget shows its picture and holds its numbers', async ({ page }) => {
    const own = pagesWithWidgets.filter((one) => one.path.startsWith('widgets/'));
    expect(own.length).toBeGreaterThan(10);
    for (const { path: where } of own) {
      await open(page, where);
      const figures = await stillFigures(page);
      expect(figures.length, where).toBeGreaterThan(0);
      expect(
        figures.filter(({ drawn, rows }) => !drawn || rows === 0),
        where,
      ).toEqual([]);
    }
  });
});

test.describe('where the browser keeps nothing', () => {
  test.use({ colorScheme: 'light' });

  test('everything but remembering works', async ({ page }) => {
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(globalThis, name, {
          configurable: true,
          get: () => {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
    });
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await open(page, path);
    const root = page.locator('html');
    await expect(root).toHaveAttribute('data-theme', 'light');
    await page.locator('starlight-theme-select select').first().selectOption('dark');
    await expect(root).toHaveAttribute('data-theme', 'dark');
    // The wish for no veils is not kept either.
    await page.getByRole('button', { name: 'Show me' }).first().click();
    const widget = widgetOf(page, 'vanishing-depth');
    await awaken(widget);
    await expect(button(widget, 'Run')).toBeEnabled();
    expect(errors).toEqual([]);
  });
});
