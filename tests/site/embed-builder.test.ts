import type { Page } from '@playwright/test';
import { expect, open, site, test } from '../support/site.ts';
import { awake, runToEnd } from '../support/widgets.ts';

const id = 'vanishing-depth';

/** The code that the builder shows under a name. */
const codeOf = (page: Page, name: string) =>
  page.locator('.builder').getByRole('group', { name, exact: true }).locator('code');

test('the builder starts from an address, follows the controls and shows the figure live', async ({
  page,
}) => {
  await open(page, `embed/?widget=${id}&depth=30`);
  await expect(codeOf(page, 'Element')).toHaveText(
    `<script async src="${site.url}embed/v1.js"></script>\n<gradient-lab widget="${id}" depth="30"></gradient-lab>`,
  );
  await expect(codeOf(page, 'oEmbed')).toHaveText(`${site.url}embed/${id}/oembed.json`);
  const builder = page.locator('.builder');
  await expect(builder.locator('img')).toBeVisible();

  await builder
    .getByRole('slider', { name: /^Hidden layers/ })
    .first()
    .fill('3');
  await builder.getByLabel('Colours').selectOption('dark');
  await expect(codeOf(page, 'Frame')).toContainText(
    `src="${site.url}embed/${id}/?depth=3&amp;figures=loss,signal-gradient&amp;theme=dark"`,
  );
  const frame = page.frameLocator('.builder gradient-lab iframe');
  const widget = frame.locator(`[data-widget="${id}"]`);
  await awake(widget);
  await expect(widget.getByRole('slider', { name: /^Hidden layers/ }).first()).toHaveValue('3');
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');

  await builder.getByLabel('Setting', { exact: true }).selectOption({ value: 'preset-cure' });
  await expect(codeOf(page, 'Picture')).toContainText(`embed/${id}/figure-cure.svg`);
  await expect(builder.getByLabel('Setting', { exact: true })).toHaveValue('preset-cure');
});

test('a frame of the builder has the size and the figures chosen, in its code and on the page', async ({
  page,
}) => {
  await open(page, `embed/?widget=${id}`);
  const builder = page.locator('.builder');
  // A plain frame cannot size itself, so it holds what fills it.
  await expect(codeOf(page, 'Frame')).toContainText('?figures=loss,signal-gradient"');
  await builder.getByLabel('Signal gradient by layer').check();
  await builder.getByLabel('Beside them').selectOption('run');
  await builder.getByLabel('Size of the frame').selectOption({ label: '4:3: 800 × 600' });
  await expect(codeOf(page, 'Element')).toContainText('figures="signal-gradient" controls="run"');
  await expect(codeOf(page, 'Frame')).toContainText('width="800" height="600"');
  const frame = builder.locator('iframe');
  await expect(frame).toHaveAttribute(
    'src',
    `${site.url}embed/${id}/?figures=signal-gradient&controls=run`,
  );
  const inner = await frame.evaluate((one: HTMLIFrameElement) => [
    one.clientWidth,
    one.clientHeight,
  ]);
  expect(inner).toEqual([800, 600]);
  await expect(builder.frameLocator('iframe').locator('figure')).toHaveCount(1);
});

test('what the builder gives to copy is what it shows', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, `embed/?widget=${id}&depth=4`);
  for (const name of ['Element', 'Frame', 'Picture', 'oEmbed']) {
    const button = page.getByRole('button', { name: `Copy ${name}` });
    await button.click();
    await expect(page.getByText(`${name}: copied.`)).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await codeOf(page, name).textContent());
  }
});

test('every figure can be chosen, and its code leads to an embed that is there', async ({
  page,
}) => {
  await open(page, 'embed/');
  const choice = page.locator('.builder').getByLabel('Figure', { exact: true });
  await expect(choice).toBeEnabled();
  for (const widget of site.widgets) {
    await choice.selectOption(widget.id);
    const address = await codeOf(page, 'oEmbed').textContent();
    const { html } = (await (await page.request.get(address!)).json()) as { html: string };
    expect(html).toContain(`/embed/${widget.id}/`);
    await expect(codeOf(page, 'Element')).toContainText(`widget="${widget.id}"`);
  }
});

test('the builder says what it does not understand in an address', async ({ page }) => {
  await open(page, `embed/?widget=${id}&depth=900`);
  await expect(page.getByText('depth=900 is not allowed')).toBeVisible();
  await open(page, 'embed/?widget=nonsense');
  await expect(page.getByText('There is no widget “nonsense”')).toBeVisible();
});

test('a figure in a chapter leads to the builder with its setting', async ({ page }) => {
  await open(page, `widgets/${id}/?depth=7`);
  const link = page.locator(`[data-widget="${id}"]`).getByRole('link', { name: 'Embed this' });
  await link.scrollIntoViewIfNeeded();
  await expect(link).toHaveAttribute('href', /depth=7/);
  await link.click();
  await expect(codeOf(page, 'Element')).toContainText('depth="7"');
});

test('a code of the builder trains on the spot', async ({ page }) => {
  await open(page, `embed/?widget=${id}&depth=3&steps=40`);
  await page.getByRole('button', { name: 'Show it live' }).click();
  const widget = page.frameLocator('.builder gradient-lab iframe').locator(`[data-widget="${id}"]`);
  await awake(widget);
  expect(await runToEnd(widget)).toBe('done');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page lists every figure with ready code', async ({ page }) => {
    await page.goto(new URL('embed/', site.url).href);
    for (const widget of site.widgets) {
      const entry = page.locator(`#ready-${widget.id}`);
      await entry.locator('summary').click();
      await expect(entry.locator('code')).toContainText(`<gradient-lab widget="${widget.id}">`);
      await expect(entry.locator('code')).toContainText(`/embed/${widget.id}/figure.svg`);
    }
  });
});
