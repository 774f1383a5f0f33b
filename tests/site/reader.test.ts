import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { placed } from '../support/placed.ts';
import { expect, open, test } from '../support/site.ts';
import { awaken, button, endOf, hostOf, runToEnd, tablesOf, widgetOf } from '../support/widgets.ts';

/** What a reader does with a widget beyond pressing Run. */

const vanishing = placed.find(({ id }) => id === 'vanishing-depth')!;
const exploding = placed.find(({ id }) => id === 'exploding-overflow')!;
const residual = placed.find(({ id }) => id === 'residual-depth')!;
const signal = placed.find(({ id }) => id === 'init-signal')!;

async function live(page: Page, { id, path }: typeof vanishing, query: string): Promise<Locator> {
  await open(page, `${path}?${query}`);
  const widget = widgetOf(page, id);
  await awaken(widget);
  return widget;
}

/** Presses a button that saves a file and resolves with the file's text. */
async function saved(widget: Locator, kind: string): Promise<string> {
  const [download] = await Promise.all([
    widget.page().waitForEvent('download'),
    button(widget, kind).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

test('a figure has its experiment loaded once a reader is near, and not before', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const widget = await live(page, signal, 'mode=law');
  const experiments = () => asked.filter((url) => /\/experiment\.[^/]*\.js$/.test(url));
  expect(experiments()).toEqual([]);
  await widget.getByText('Activations of each layer').first().hover();
  await expect.poll(experiments, { timeout: 60_000 }).toHaveLength(1);
});

test('presets that are unfolded before the widget has come alive stay unfolded', async ({
  page,
}) => {
  await open(page, residual.path);
  const widget = widgetOf(page, residual.id);
  const group = widget.locator('details').filter({ hasText: 'Those that fail' });
  await group.locator('summary').click();
  await awaken(widget);
  await expect(group).toHaveAttribute('open', '');
  await button(widget, 'ReLU from zeros').click();
  await expect(page).toHaveURL(/branch-start=zeros/);
  await expect(group).toHaveAttribute('open', '');
});

test('a run over 20 seeds ends with medians, ranges and counts', async ({ page }) => {
  const widget = await live(page, vanishing, 'depth=6&steps=60');
  await button(widget, 'Train 20 seeds').click();
  await expect(widget.locator('[data-seeds="done"]')).toBeVisible({ timeout: 300_000 });
  await expect(widget).toContainText('Trained 20 seeds.');
  await expect(widget).toContainText('Sigmoid, depth 6: 0 of 20 learned, 0 of 20 diverged.');
  await expect(widget).toContainText(/Median training loss \d/);
  await expect(widget.getByRole('img').first()).toHaveAccessibleDescription(/0 of 20 learned/);
  const [loss] = await tablesOf(widget);
  expect(loss!.head.some((cell) => /, lowest$/.test(cell))).toBe(true);
});

test('a run over 20 seeds that is stopped keeps what it has and says how many', async ({
  page,
}) => {
  const widget = await live(page, vanishing, 'depth=10&steps=2000');
  await button(widget, 'Train 20 seeds').focus();
  await page.keyboard.press('Enter');
  await expect(widget).toContainText(/[1-9]\d? of 20 seeds/, { timeout: 300_000 });
  await expect(button(widget, 'Stop')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(widget).toContainText(/Stopped after [1-9]\d? of 20 seeds\./);
  await expect(button(widget, 'Back to one seed')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(widget.locator('[data-seeds="idle"]')).toBeVisible();
  await expect(button(widget, 'Train 20 seeds')).toBeFocused();
});

test.describe('a run that diverges', () => {
  test('names the step, the number and the place, and can be stepped back', async ({ page }) => {
    const widget = await live(page, exploding, 'preset=problem&steps=500');
    expect(await runToEnd(widget)).toBe('diverged');
    await expect(widget).toContainText(/at step \d+ the first Infinity appeared in the loss/);
    const slider = widget.getByRole('slider', { name: 'Step shown' });
    await slider.focus();
    const step = async () => {
      const text = (await slider.getAttribute('aria-valuetext')) ?? '';
      return Number(/^Step ([\d,]+)/.exec(text)?.[1]?.replace(',', ''));
    };
    const end = await step();
    await page.keyboard.press('ArrowLeft');
    const before = await step();
    expect(before).toBeLessThan(end);
    await page.keyboard.press('ArrowLeft');
    expect(await step()).toBeLessThan(before);
    await page.keyboard.press('Home');
    expect(await step()).toBe(0);
    await page.keyboard.press('ArrowRight');
    expect(await step()).toBeGreaterThan(0);
    await page.keyboard.press('End');
    expect(await step()).toBe(end);
  });

  test('at full speed keeps the last finite steps, one press away', async ({ page }) => {
    const widget = await live(page, exploding, 'preset=problem&steps=500');
    await widget.getByLabel('Speed').selectOption({ label: 'Full speed' });
    expect(await runToEnd(widget)).toBe('diverged');
    const last = widget.getByRole('button', { name: /^Last finite frame: step \d+$/ });
    const step = Number((await last.textContent())!.match(/\d+/)![0]);
    const broke = Number((await widget.textContent())!.match(/at step (\d+) the first/)![1]);
    expect(step).toBe(broke - 1);
    await last.focus();
    await page.keyboard.press('Enter');
    await expect(last).toHaveAttribute('aria-pressed', 'true');
    const slider = widget.getByRole('slider', { name: 'Step shown' });
    await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`^Step ${step} `));
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(slider).toHaveAttribute('aria-valuetext', new RegExp(`^Step ${step - 1} `));
  });

  test('has its post-mortem as a recording too, without JavaScript', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    try {
      const page = await context.newPage();
      await open(page, exploding.path);
      await expect(widgetOf(page, exploding.id)).toContainText(/at step \d+ the first Infinity/);
    } finally {
      await context.close();
    }
  });

  test('is saved with the words NaN and Infinity, not with gaps', async ({ page }) => {
    const widget = await live(page, exploding, 'preset=problem&steps=500');
    expect(await runToEnd(widget)).toBe('diverged');
    await widget.getByText('Save', { exact: true }).click();
    const csv = await saved(widget, 'CSV');
    await expect(widget.getByText(/^Saved as exploding-overflow-[a-z-]+\.csv\.$/)).toBeVisible();
    expect(csv).toMatch(/,Infinity(,|\n)/);
    expect(csv).toMatch(/,NaN(,|\n)/);
    expect(csv).not.toContain(',,');
    expect(csv).not.toMatch(/\b(null|undefined)\b/);
    const everything = JSON.parse(await saved(widget, 'JSON')) as { result: object };
    expect(JSON.stringify(everything)).toMatch(/"(NaN|Infinity)"/);
    const svg = await saved(widget, 'SVG');
    expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('<title');
  });
});

test('a challenge that a run solves is said at the run bar, and aloud', async ({ page }) => {
  const widget = await live(page, vanishing, 'depth=25&steps=20');
  const solved = /^Challenge solved: Find a depth at which the first layer’s weight gradient/;
  await expect(widget.getByText(solved)).toHaveCount(0);
  await runToEnd(widget);
  await expect(widget.getByText(solved)).toBeInViewport();
  await expect(widget.locator('[aria-live]')).toContainText('Challenge solved: Find a depth');
  await button(widget, 'Reset').click();
  await expect(widget.getByText(solved)).toHaveCount(0);
});

test('a preset is one press away and stands in the address', async ({ page }) => {
  const widget = await live(page, vanishing, '');
  await button(widget, 'Cure: tanh').click();
  await expect(button(widget, 'Cure: tanh')).toHaveAttribute('aria-pressed', 'true');
  expect(page.url()).toContain('compare=tanh');
  await page.reload();
  await awaken(widgetOf(page, vanishing.id));
  await expect(button(widgetOf(page, vanishing.id), 'Cure: tanh')).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('the live region is silent while a network trains, and speaks at the end', async ({
  page,
}) => {
  const widget = await live(page, vanishing, 'depth=3&steps=300');
  const host = hostOf(widget);
  await host.evaluate((element) => {
    const spoken: string[] = [];
    Object.assign(globalThis, { spoken });
    const regions = element.querySelectorAll('[aria-live], [role="status"]:not(output)');
    for (const region of regions)
      new MutationObserver(() => {
        const text = region.textContent?.trim();
        if (text) spoken.push(text);
      }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await button(widget, 'Run').click();
  expect(await endOf(widget)).toBe('done');
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken.at(-1)))
    .toMatch(/^Training finished\. /);
  const spoken = await page.evaluate(() => (globalThis as unknown as { spoken: string[] }).spoken);
  expect(spoken.length).toBeLessThan(6);
});

test('a live widget prints the link to its own setting', async ({ page }) => {
  const widget = await live(page, vanishing, '');
  await button(widget, 'Cure: tanh').click();
  await page.emulateMedia({ media: 'print' });
  await expect(button(widget, 'Run')).toBeHidden();
  await expect(
    hostOf(widget)
      .getByText(/^Train it yourself:/)
      .filter({ visible: true }),
  ).toHaveText(/\/embed\/vanishing-depth\/\?compare=tanh$/);
});

test('a prediction asks first, then takes a guess, then answers', async ({ page }) => {
  await open(page, exploding.path);
  const prediction = page
    .locator('.prediction')
    .filter({ has: page.getByRole('radio') })
    .first();
  const order = await prediction.evaluate((box) =>
    [...box.querySelectorAll('.box-title ~ p, fieldset, .answer')].map((one) => one.localName),
  );
  expect(order).toEqual(['p', 'fieldset', 'details']);
  const answer = prediction.locator('.answer');
  const commit = prediction.locator('.commit > button');
  await expect(commit).toBeDisabled();
  await expect(answer).not.toHaveAttribute('open');
  await prediction.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await commit.press('Enter');
  const verdict = prediction.locator('.verdict');
  await expect(verdict).toBeFocused();
  // While the run goes on, the recorded one tells as well.
  const recorded = prediction.getByRole('button', { name: 'Compare with the recorded run' });
  if ((await recorded.count()) > 0) await recorded.press('Enter');
  await expect(verdict).toHaveText(/^(Right|Not so)\. /);
  await expect(answer).toHaveAttribute('open');
});

test('the first screen of the home page holds the living picture and its controls', async ({
  page,
}) => {
  for (const [width, height] of [
    [390, 844],
    [1280, 720],
  ] as const) {
    await page.setViewportSize({ width, height });
    await open(page, '');
    const home = widgetOf(page, 'home-network');
    for (const name of ['Too small', 'Just right', 'Too large'])
      await expect(button(home, name)).toBeInViewport({ ratio: 1 });
    await expect(home.getByRole('slider').first()).toBeInViewport({ ratio: 1 });
    await expect(home.getByRole('img').first()).toBeInViewport({ ratio: 0.95 });
  }
});

test('a listing is copied by its button, by keyboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'embedding/');
  const listing = page.locator('.listing').first();
  const copy = listing.getByRole('button', { name: 'Copy this code' });
  await copy.focus();
  await page.keyboard.press('Enter');
  await expect(listing.getByRole('status')).toHaveText('Copied.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await listing.locator('pre').evaluate((pre) => pre.textContent));
});
