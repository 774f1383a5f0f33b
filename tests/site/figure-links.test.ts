import type { Locator, Page } from '@playwright/test';
import { placed } from '../support/placed.ts';
import { expect, open, pagesWithWidgets, site, test } from '../support/site.ts';
import { awake, awaken, awakenHost, button, widgetOf } from '../support/widgets.ts';

/** Links that lead to a figure of a chapter. */

const vanishing = placed.find(({ id }) => id === 'vanishing-depth')!;
const chapter = vanishing.widget.chapter;
const HEADER = 120;

/** How far below the window's top a figure begins, when the page has come to rest. */
async function landing(host: Locator): Promise<number> {
  const top = () => host.evaluate((box) => Math.round(box.getBoundingClientRect().top));
  let before = await top();
  await expect
    .poll(async () => {
      const [last, now] = [before, await top()];
      before = now;
      return now === last;
    })
    .toBe(true);
  return before;
}

async function copyLink(page: Page, widget: Locator): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await button(widget, 'Copy link').click();
  await expect(widget.getByText('Link copied.')).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The last figure of a chapter with several, thousands of pixels below its top. */
const lastOf = (page: Page): Locator => page.locator('widget-host').last();

for (const [name, slowly, size] of [
  ['', 1, { width: 1280, height: 800 }],
  [' on a slow phone', 4, { width: 390, height: 844 }],
] as const)
  test(`a copied link lands on its figure, with step, chart and settings${name}`, async ({
    page,
    browser,
  }) => {
    await page.setViewportSize(size);
    await open(page, `${chapter}/`);
    const host = lastOf(page);
    await awakenHost(host);
    const widget = host.locator('[data-widget]');
    const depth = widget.getByRole('slider', { name: /^Hidden layers/ });
    await depth.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    const chosen = await depth.inputValue();
    const step = widget.getByRole('slider', { name: 'Step shown' });
    await expect(step).toBeEnabled();
    await step.focus();
    for (let k = 0; k < 5; k += 1) await page.keyboard.press('ArrowRight');
    const shown = await step.getAttribute('aria-valuetext');
    expect(shown).toMatch(/^Step [1-9]/);
    const second = (root: Locator): Locator =>
      root.getByRole('group', { name: 'Chart', exact: true }).getByRole('button').nth(1);
    await second(widget).click();
    const link = await copyLink(page, widget);
    expect(new URL(link).hash).toMatch(/^#[a-z]/);

    const context = await browser.newContext({ viewport: size });
    const other = await context.newPage();
    const session = await context.newCDPSession(other);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowly });
    await other.goto(link);
    const there = lastOf(other);
    const found = there.locator('[data-widget]');
    await expect(there).toHaveAttribute('data-live', '');
    await expect(found.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue(chosen);
    await expect(found.getByRole('slider', { name: 'Step shown' })).toHaveAttribute(
      'aria-valuetext',
      shown!,
    );
    await expect(second(found)).toHaveAttribute('aria-pressed', 'true');
    await expect(found.locator('.stage [data-figure]')).toHaveAttribute(
      'data-figure',
      new URL(link).searchParams.get(
        [...new URL(link).searchParams.keys()].find((key) => key.endsWith('.chart'))!,
      )!,
    );
    await expect(found).toContainText('These settings come from the address of this page');
    const top = await landing(there);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(HEADER + 80);

    await button(found, 'Show the chapter’s settings').click();
    await expect(found).not.toContainText('These settings come from the address');
    await expect(found).toBeFocused();
    expect(new URL(other.url()).search).toBe('');
    await context.close();
  });

test('a link to a figure that has gone shows the chapter’s top, and says so', async ({ page }) => {
  await open(page, `${chapter}/#figure-of-yesterday`);
  await expect(page.getByRole('status').first()).toHaveText(
    /^The link that you followed leads to “figure-of-yesterday”, which is not on this page/,
  );
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await open(page, `${chapter}/?a#_top`);
  await expect(page.getByText('The link that you followed')).toHaveCount(0);
});

test('a link copied in an embed leads to the figure’s page, with step and chart', async ({
  page,
}) => {
  await open(page, `embed/${vanishing.id}/?depth=4&chart=map&step=20`);
  const embedded = widgetOf(page, vanishing.id);
  await awake(embedded);
  const shown = embedded.getByRole('slider', { name: 'Step shown' });
  await expect(embedded.locator('.stage [data-figure]')).toHaveAttribute('data-figure', 'map');
  await expect(shown).toBeEnabled();
  await expect(shown).toHaveAttribute('aria-valuetext', /^Step 20\b/);
  const link = await copyLink(page, embedded);
  expect(new URL(link).pathname).toBe(`/widgets/${vanishing.id}/`);

  await page.goto(link);
  const found = widgetOf(page, vanishing.id);
  await awaken(found);
  await expect(found.getByRole('slider', { name: /^Hidden layers/ })).toHaveValue('4');
  await expect(found.getByRole('slider', { name: 'Step shown' })).toHaveAttribute(
    'aria-valuetext',
    /^Step 20\b/,
  );
  await expect(found.locator('.stage [data-figure]')).toHaveAttribute('data-figure', 'map');
});

test('a preset without a name before it goes to the one figure that has it, else it is said whose it may be', async ({
  page,
}) => {
  const ids = pagesWithWidgets.find(({ path }) => path === `${chapter}/`)!.ids;
  const onPage = [...new Set(ids)].map((id) => site.widgets.find((one) => one.id === id)!);
  const owners = (name: string) => onPage.filter(({ presets }) => presets.includes(name));
  const names = onPage.flatMap(({ presets }) => presets);
  const single = names.find((name) => owners(name).length === 1)!;
  const shared = names.find((name) => owners(name).length > 1)!;

  await open(page, `${chapter}/?preset=${single}`);
  const owner = widgetOf(page, owners(single)[0]!.id).first();
  await awaken(owner);
  await expect(page.locator('.notes')).not.toContainText([`preset=${single}`]);
  const first = page.locator('widget-host').first();
  await open(page, `${chapter}/?preset=${shared}`);
  await awakenHost(first);
  await expect(first).toContainText(`preset=${shared} does not say which figure it is for`);
  for (const { id } of owners(shared)) await expect(first).toContainText(`${id}.preset`);
  await open(page, `${chapter}/?preset=remedy`);
  await awakenHost(first);
  await expect(first).toContainText('no figure on this page has a preset of that name');
});

test('what a link asks of a figure and is not there is said at the figure', async ({ page }) => {
  await open(page, `widgets/${vanishing.id}/?chart=pie&step=soon`);
  const widget = widgetOf(page, vanishing.id);
  await awaken(widget);
  await expect(widget).toContainText('chart=pie names no chart of this figure');
  await expect(widget).toContainText('step=soon is not allowed: step is a whole number');
});
