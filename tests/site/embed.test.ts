import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  element,
  embeds,
  expect,
  heard,
  id,
  iframe,
  runElement,
  setting,
  test,
  widgetIn,
  widgetOfElement,
} from '../support/foreign.ts';
import { htmlOf, site } from '../support/site.ts';
import { awake, badgeOf, badges, runToEnd, widgetOf } from '../support/widgets.ts';

for (const sandbox of ['allow-scripts', 'allow-scripts allow-same-origin'])
  for (const backend of ['captured', 'wasm', 'cpu', 'webgl'] as const)
    test(`an iframe with sandbox="${sandbox}" trains on ${backend}`, async ({ page, host }) => {
      await host(iframe(sandbox, `${setting}&backend=${backend}`));
      const widget = widgetIn(page.frameLocator('iframe'));
      await awake(widget);
      expect(await runToEnd(widget)).toBe('done');
      await expect(badgeOf(widget)).toContainText(badges[backend]);
    });

test('the element sizes itself, runs at the host’s word and hands over the result', async ({
  page,
  host,
}) => {
  await host(element());
  const widget = widgetOfElement(page);
  await awake(widget);
  const done = heard(page, 'gradient-lab-done');
  const result = await runElement(page);
  expect(await done).toMatchObject({ type: 'done', state: 'done' });
  expect(result['finalLoss']).toEqual(expect.any(Number));
  const box = page.locator('gradient-lab iframe');
  await expect(async () => {
    const inner = await page
      .frameLocator('gradient-lab iframe')
      .locator('body')
      .evaluate((body) => body.getBoundingClientRect().height);
    const outer = await box.evaluate((frame) => frame.getBoundingClientRect().height);
    expect(Math.abs(outer - inner)).toBeLessThan(3);
  }).toPass();
});

test('a changed attribute updates the widget, and a wrong one is named once on the console', async ({
  page,
  host,
  warnings,
}) => {
  await host(element());
  const widget = widgetOfElement(page);
  await awake(widget);
  const set = (depth: string) =>
    page.evaluate(
      (text) => document.querySelector('gradient-lab')?.setAttribute('depth', text),
      depth,
    );
  await set('4');
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('4');
  await set('900');
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('10');
  await set('900');
  await expect.poll(() => warnings.filter((text) => text.includes('depth=900'))).toHaveLength(1);
});

test('the element works under a host policy of script-src and frame-src alone', async ({
  page,
  host,
}) => {
  const { origin } = new URL(site.url);
  await host(element(), `default-src 'none'; script-src ${origin}; frame-src ${origin}`);
  const widget = widgetOfElement(page);
  await awake(widget);
  expect(await runToEnd(widget)).toBe('done');
});

test('a frame ignores strangers: other sources, versions and shapes', async ({ page, host }) => {
  await host(iframe('allow-scripts allow-same-origin', setting));
  const frame = page.frameLocator('iframe');
  const widget = widgetIn(frame);
  await awake(widget);
  await page.evaluate(() => {
    const inner = document.querySelector('iframe')?.contentWindow;
    for (const message of [
      'run',
      null,
      { type: 'run' },
      { gradientLab: 2, type: 'run' },
      { gradientLab: 1, type: 'run away' },
      { gradientLab: 1, type: 'configure', parameters: { depth: 9 } },
    ])
      inner?.postMessage(message, '*');
  });
  // From the frame itself, which is not its host.
  await widget.evaluate(() => postMessage({ gradientLab: 1, type: 'run' }, '*'));
  await page.evaluate(() => {
    const inner = document.querySelector('iframe')?.contentWindow;
    inner?.postMessage({ gradientLab: 1, type: 'step' }, '*');
  });
  // The one message in order is obeyed, after the others: from a run it would not pause at the start.
  await expect(widget).toHaveAttribute('data-state', 'paused');
  await expect(widget.locator('.progress')).toContainText('Step 0 of');
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('3');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every widget shows its recorded figure, and says so', async ({ page }) => {
    for (const { id: one } of site.widgets) {
      await page.goto(`${embeds}${one}/`);
      await expect(widgetOf(page, one).getByRole('img').first(), one).toBeVisible();
      await expect(page.getByText('switch JavaScript on'), one).toBeVisible();
    }
  });
});

test('every embed page leads back to its chapter', async ({ page }) => {
  // A script changes nothing in it, as one of them shows.
  await page.goto(`${embeds}${id}/`);
  await expect(page.locator('footer a').first()).toHaveAttribute('href', wayBack(id));
  for (const widget of site.widgets) {
    const { pathname } = new URL(wayBack(widget.id), `${embeds}${widget.id}/`);
    expect(existsSync(join(site.dir, pathname, 'index.html')), `${widget.id}: ${pathname}`).toBe(
      true,
    );
  }
});

/** Where the first link in the footer of an embed leads, as built. */
function wayBack(widget: string): string {
  const html = htmlOf(`embed/${widget}/`);
  return /<footer[\s>][\s\S]*?<a\s[^>]*?href="([^"]+)"/.exec(html)![1]!;
}

test('the theme of the address holds against the system’s', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${embeds}${id}/?theme=dark`);
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await expect.poll(paper).not.toBe('rgb(255, 255, 255)');
  await page.goto(`${embeds}${id}/`);
  expect(await paper()).toBe('rgb(255, 255, 255)');
  await page.goto(`${embeds}${id}/?theme=sepia`);
  await expect(page.locator('.notes')).toContainText('theme is one of light, dark');
  expect(await paper()).toBe('rgb(255, 255, 255)');
});
