import type { Page } from '@playwright/test';
import { recordShifts, shiftsOf } from '../support/layoutShifts.ts';
import { expect, open, site, test } from '../support/site.ts';
import { widgetOf } from '../support/widgets.ts';

test.use({ veiled: true });

const chapter = 'introduction/';
const question = (page: Page, number = 1) => page.locator(`#prediction-${number}`);
const verdict = (page: Page, number = 1) => question(page, number).locator('.verdict');
const figure = (page: Page) => page.locator('widget-host').first();
const kept = (page: Page) => page.evaluate(() => localStorage.getItem('gradient-lab-guesses'));

/** Chooses an answer and commits to it. */
async function guess(page: Page, says: string, number = 1): Promise<void> {
  await question(page, number).getByText(says, { exact: true }).click();
  await question(page, number).locator('.commit > button').click();
}

test('a figure is veiled until a guess; then it trains, and the run says what came and whether it was right', async ({
  page,
}) => {
  await recordShifts(page);
  await open(page, chapter);
  const chart = widgetOf(page, 'vanishing-depth').getByRole('img').first();
  await expect(figure(page).getByRole('button', { name: 'Show me' })).toBeVisible();
  await expect(chart).toBeHidden();
  await expect(widgetOf(page, 'vanishing-depth').locator('.title')).toBeVisible();
  await guess(page, 'The one with ten layers');
  await expect(chart).toBeVisible();
  await expect(verdict(page)).toHaveText(
    'Not so. You guessed “The one with ten layers”. In your run it came otherwise: “The one with two layers”.',
  );
  await expect(question(page).locator('details.answer')).toHaveAttribute('open', '');
  await expect(page.locator('.guesses p')).toContainText('Right so far: 0 of 1.');
  // The veiled figure is short, and grows at the reader's own press.
  const unasked = (await shiftsOf(page)).filter(({ asked }) => !asked);
  expect(unasked.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.1);
  // Nothing is kept that the reader did not allow.
  expect(await kept(page)).toBeNull();
});

test('who would rather see it is shown it, and what came, without a guess in the score', async ({
  page,
}) => {
  await open(page, chapter);
  await figure(page).getByRole('button', { name: 'Show me' }).click();
  await expect(widgetOf(page, 'vanishing-depth').getByRole('img').first()).toBeVisible();
  await expect(verdict(page)).toHaveText(
    'What came, in the recorded run: “The one with two layers”.',
  );
  await expect(page.locator('.guesses p')).not.toContainText('Right so far');
});

test('a guess is made by keyboard alone', async ({ page }) => {
  await open(page, chapter);
  await question(page).locator('input').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toBeFocused();
  await question(page).getByRole('button', { name: 'Compare with the recorded run' }).click();
  await expect(verdict(page)).toHaveText(
    'Right. You guessed “The one with two layers”, and so it came in the recorded run.',
  );
});

test('guesses are kept where the reader allows it, and forgotten at their word', async ({
  page,
}) => {
  await open(page, chapter);
  await guess(page, 'The one with two layers');
  const keep = page.getByLabel('Keep my guesses on this device');
  await keep.check();
  expect(await kept(page)).toContain('The one with two layers');
  await open(page, chapter);
  await expect(verdict(page)).toContainText('Right. You guessed “The one with two layers”');
  await expect(figure(page)).not.toHaveAttribute('data-veiled');
  await keep.uncheck();
  expect(await kept(page)).toBeNull();
});

test('veils can be switched off for good, and an address that asks for a setting shows its figure', async ({
  page,
}) => {
  await open(page, chapter);
  await page.getByLabel('Veil figures until I have guessed').uncheck();
  await open(page, chapter);
  await expect(figure(page)).not.toHaveAttribute('data-veiled');
  await page.evaluate(() => localStorage.clear());
  await open(page, `${chapter}?depth=4`);
  await expect(figure(page)).not.toHaveAttribute('data-veiled');
});

test('a curve is drawn by mouse and by keys, and the run’s is laid over it', async ({ page }) => {
  await open(page, 'vanishing-gradients/');
  const paper = question(page).locator('.paper');
  // Waits until the page, which scrolls smoothly, has come to rest.
  await paper.hover();
  const commit = question(page).locator('.commit > button');
  await expect(commit).toBeDisabled();
  const box = (await paper.boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.9, 0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.13, 0.6), { steps: 3 });
  await page.mouse.up();
  await expect(question(page).locator('.drawing circle')).toHaveCount(11);
  const first = question(page).getByRole('slider', { name: 'Layer 1', exact: true });
  const before = Number(await first.inputValue());
  await first.focus();
  await page.keyboard.press('ArrowDown');
  expect(Number(await first.inputValue())).toBeLessThan(before);
  await expect(first).toHaveAttribute('aria-valuetext', /10⁻/);
  await commit.click();
  await expect(verdict(page)).toHaveText(
    /^Right\. \d+ of 10 points lie within a factor of 10\. In your curve layer 1 has .* in your run 4\.3 × 10⁻⁷\.$/,
  );
  await expect(question(page).locator('.drawing .came')).toBeVisible();
  await expect(first).toBeDisabled();
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a curve is drawn by a finger, with letters that can be read', async ({ page }) => {
    await open(page, 'vanishing-gradients/');
    const paper = question(page).locator('.paper');
    await paper.scrollIntoViewIfNeeded();
    for (const x of [0.2, 0.5, 0.8]) {
      const box = (await paper.boundingBox())!;
      await page.touchscreen.tap(box.x + x * box.width, box.y + (0.8 - 0.6 * x) * box.height);
    }
    await expect(question(page).locator('.drawing circle')).toHaveCount(4);
    await expect(question(page).locator('.commit > button')).toBeEnabled();
    const letters = await question(page)
      .locator('.curve svg')
      .evaluate(
        (svg: SVGSVGElement) =>
          (Number.parseFloat(getComputedStyle(svg).fontSize) * svg.clientWidth) /
          svg.viewBox.baseVal.width,
      );
    expect(letters).toBeGreaterThan(10);
  });
});

test('on paper, without scripts and in embeds nothing is veiled', async ({ page, browser }) => {
  await open(page, chapter);
  await page.emulateMedia({ media: 'print' });
  await expect(widgetOf(page, 'vanishing-depth').getByRole('img').first()).toBeVisible();
  await expect(page.locator('.veil')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const still = await context.newPage();
  await still.goto(site.url + chapter);
  await expect(widgetOf(still, 'vanishing-depth').getByRole('img').first()).toBeVisible();
  await expect(still.locator('.commit, .guesses')).toHaveCount(2);
  for (const one of await still.locator('.commit, .guesses').all()) await expect(one).toBeHidden();
  await context.close();
  await page.goto(`${site.url}embed/vanishing-depth/`);
  await expect(page.locator('.veil')).toHaveCount(0);
  await expect(widgetOf(page, 'vanishing-depth').getByRole('img').first()).toBeVisible();
  const keys = await page.evaluate(() => Object.keys(localStorage));
  expect(keys.filter((key) => key.startsWith('gradient-lab'))).toEqual([]);
});
