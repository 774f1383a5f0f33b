import { expect, site, test } from '../support/site.ts';
import { awaken, button, widgetOf } from '../support/widgets.ts';

test('the site works without a network once the reader has kept it, and not before', async ({
  page,
  context,
}) => {
  const at = (path: string) => new URL(path, site.subUrl).href;
  await page.goto(at('vanishing-gradients/'));
  const registered = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  expect(await registered()).toBe(0);

  await page.goto(at('offline/'));
  const control = page.locator('offline-switch');
  await expect(control).toHaveAttribute('data-state', 'none');
  await control.getByRole('button', { name: 'Keep the site on this device' }).click();
  await expect(control).toHaveAttribute('data-state', 'kept', { timeout: 120_000 });

  await context.setOffline(true);
  await page.goto(at('vanishing-gradients/'));
  const widget = widgetOf(page, 'vanishing-depth');
  await awaken(widget);
  await button(widget, 'Step').click();
  await expect(widget).toHaveAttribute('data-state', 'paused', { timeout: 120_000 });
  await page.goto(at('embed/vanishing-depth/?depth=4'));
  await expect(button(widgetOf(page, 'vanishing-depth'), 'Run')).toBeEnabled();

  await context.setOffline(false);
  await page.goto(at('offline/'));
  await control.getByRole('button', { name: 'Remove it from this device' }).click();
  await expect(control).toHaveAttribute('data-state', 'none');
  expect(await registered()).toBe(0);
  // What the worker was still putting away goes after it.
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(0);
});
