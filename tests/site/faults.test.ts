import { chromium } from '@playwright/test';
import type { Parameter } from '../../src/kit/parameters.ts';
import { browserFlags, findBrowser } from '../support/browser.ts';
import { expect, open, test } from '../support/site.ts';
import { awaken, hostOf, runToEnd, widgetOf } from '../support/widgets.ts';
import { placed, training } from '../support/placed.ts';

for (const { id, path, widget: declared } of placed) {
  test(`${id} says what is wrong with its address and what is allowed`, async ({ page }) => {
    const [name, parameter] = Object.entries(declared.params)[0]!;
    const spelling = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const { wrong, allowed } = misspelt(parameter);
    await open(page, `${path}?${id}.${spelling}=${wrong}&${spelling}=${wrong}&backend=abacus`);
    const widget = widgetOf(page, id);
    await awaken(widget);
    const notes = widget.getByRole('list', { name: 'Notes' });
    await expect(notes).toContainText(`${spelling}=${wrong} is not allowed`);
    for (const text of allowed) await expect(notes).toContainText(text);
    await expect(notes).toContainText('backend=abacus is not allowed');
  });
}

/** A text that a parameter does not take, and what its message must say instead. */
function misspelt(parameter: Parameter): { wrong: string; allowed: string[] } {
  switch (parameter.kind) {
    case 'choice':
      return { wrong: 'nonsense', allowed: parameter.options.map(({ value }) => value) };
    case 'flag':
      return { wrong: 'perhaps', allowed: ['true', 'false'] };
    default:
      return {
        wrong: String(parameter.max * 10 + 1),
        allowed: [`from ${parameter.min} to ${parameter.max}`],
      };
  }
}

test.describe('a device that lacks something', () => {
  const { id, path } = training[0]!;

  test('without WebGL the widget says so and trains on another backend', async () => {
    const browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: [
        ...browserFlags.filter((flag) => !/gl|angle|swiftshader/.test(flag)),
        '--use-gl=disabled',
      ],
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
    const notes = hostOf(widget).getByRole('list', { name: 'Notes' });
    await expect(notes).toContainText('could not be loaded');
    await page.context().setOffline(false);
    complaints.list.length = 0;
    await notes.getByRole('link', { name: 'Load the page again' }).click();
    await awaken(widget);
    expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
  });
});
