import { chromium } from '@playwright/test';
import { browserFlags, findBrowser } from '../support/browser.ts';
import { expect, open, test } from '../support/site.ts';
import { awaken, button, endOf, hostOf, runToEnd, widgetOf } from '../support/widgets.ts';
import { placed, training } from '../support/placed.ts';

for (const { id, path, widget: declared } of placed) {
  test(`${id} says what is wrong with its address and what is allowed`, async ({ page }) => {
    const numbers = Object.entries(declared.params).flatMap(([name, parameter]) =>
      parameter.kind === 'int' || parameter.kind === 'number' ? [{ name, parameter }] : [],
    );
    const { name, parameter } = numbers[0]!;
    const spelling = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const wrong = parameter.max * 10 + 1;
    await open(page, `${path}?${id}.${spelling}=${wrong}&${spelling}=${wrong}&backend=abacus`);
    const widget = widgetOf(page, id);
    await awaken(widget);
    const notes = widget.getByRole('list', { name: 'Notes' });
    await expect(notes).toContainText(`${spelling}=${wrong} is not allowed`);
    await expect(notes).toContainText(`from ${parameter.min} to ${parameter.max}`);
    await expect(notes).toContainText('backend=abacus is not allowed');
  });
}

test.describe('a device that lacks something', () => {
  const { id, path } = training[0]!;

  test('without WebGL the widget says so and trains on another backend', async () => {
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: [...browserFlags, '--disable-3d-apis'],
    });
    try {
      const page = await browser.newPage();
      await open(page, `${path}?backend=webgl`);
      const widget = widgetOf(page, id);
      await awaken(widget);
      expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
      await expect(widget).toContainText(/WebGL[^.]*\b(not|no|lacks|missing|without)\b/i);
    } finally {
      await browser.close();
    }
  });

  test('without workers the widget says so and the page goes on', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
    await open(page, path);
    const widget = widgetOf(page, id);
    await awaken(widget);
    expect(await runToEnd(widget)).toMatch(/^(done|diverged|error)$/);
    await expect(widget).toContainText(/worker/i);
  });

  test('where the engine cannot be loaded the widget says so', async ({ page, complaints }) => {
    await open(page, path);
    const widget = widgetOf(page, id);
    await page.context().setOffline(true);
    expect(await runToEnd(widget)).toBe('error');
    await expect(hostOf(widget).getByRole('list', { name: 'Notes' })).toContainText(
      'could not be loaded',
    );
    await page.context().setOffline(false);
    complaints.list.length = 0;
    await button(widget, 'Run').click();
    await expect(widget).not.toHaveAttribute('data-state', 'error');
    expect(await endOf(widget)).toMatch(/^(done|diverged)$/);
  });
});
