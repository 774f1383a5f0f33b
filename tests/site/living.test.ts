/** The living picture: still without scripts, moving with them, and standing still where it should. */
import type { Locator, Page } from '@playwright/test';
import { expect, htmlOf, open, test } from '../support/site.ts';

const picture = (page: Page): Locator =>
  page.locator('[data-widget="home-network"] living-picture');

/** The canvas as it is now. */
const pixels = (page: Page): Promise<string> =>
  picture(page)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

/** Whether the canvas changes within a second. */
async function moves(page: Page): Promise<boolean> {
  const before = await pixels(page);
  for (let k = 0; k < 10; k++) {
    await page.waitForTimeout(100);
    if ((await pixels(page)) !== before) return true;
  }
  return false;
}

const ready = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => customElements.get('living-picture') !== undefined);

test('it moves before anybody has touched the figure, and stops by its button', async ({
  page,
}) => {
  await open(page, '');
  await ready(page);
  expect(await moves(page)).toBe(true);
  const button = picture(page).getByRole('button', { name: 'Stop the motion' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(picture(page).getByRole('button', { name: 'Let it move' })).toBeVisible();
  await expect(page.locator('widget-host[data-live]')).toHaveCount(1);
  expect(await moves(page)).toBe(false);
  await picture(page).getByRole('button', { name: 'Let it move' }).click();
  expect(await moves(page)).toBe(true);
});

test('it rests out of sight', async ({ page }) => {
  await open(page, '');
  await ready(page);
  expect(await moves(page)).toBe(true);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForTimeout(300);
  expect(await moves(page)).toBe(false);
});

test('it stands still where the reader asks for less motion, and has no button', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '');
  await ready(page);
  expect(await moves(page)).toBe(false);
  await expect(picture(page).locator('button')).toBeHidden();
});

test('without a canvas it is the still, with a sentence', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await open(page, '');
  await ready(page);
  await expect(picture(page).getByText('This browser has no canvas')).toBeVisible();
  await expect(picture(page).getByRole('img').first()).toBeVisible();
  await expect(picture(page).locator('button')).toBeHidden();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  for (const width of [390, 1920])
    test(`it is drawn, and says what it shows, ${width} wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await open(page, '');
      await expect(picture(page).getByRole('img')).toHaveCount(1);
      await expect(picture(page).locator('.told')).toHaveText(
        /^Shown is a handwritten 3; it guesses \d.*The error signal is lost on its way back/,
      );
      await expect(picture(page).getByRole('button')).toHaveCount(0);
    });
});

const states = [
  ['Too small', /it guesses \d/, 'done'],
  ['Just right', /it reads 3/, 'done'],
  [
    'Too large',
    /the numbers overflowed.*it reads nothing|it reads nothing.*the numbers overflowed/,
    'diverged',
  ],
] as const;

for (const [name, told, state] of states)
  test(`"${name}" really trains, and the picture says what became of it`, async ({ page }) => {
    await open(page, '');
    const widget = page.locator('[data-widget="home-network"]');
    await page.getByRole('button', { name, exact: true }).click();
    await expect(widget).toHaveAttribute('data-state', state, { timeout: 60_000 });
    await expect(picture(page).locator('.told')).toHaveText(told);
    await expect(widget.getByText('What broke.')).toHaveCount(state === 'diverged' ? 1 : 0);
  });

test('dragging the dial trains and draws anew: from vanishing to reading', async ({ page }) => {
  await open(page, '');
  const dial = page.getByRole('slider', { name: /Size of the weights/ });
  await dial.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('widget-host[data-live]')).toHaveCount(1);
  for (let k = 0; k < 60 && Number(await dial.inputValue()) < 66; k++)
    await page.keyboard.press('ArrowRight');
  await expect(picture(page).locator('.told')).toHaveText(/it reads 3/, { timeout: 60_000 });
});

test('three ways lead in: to learn, to teach, to mend', async ({ page }) => {
  await open(page, '');
  const ways = page.locator('.ways section');
  await expect(ways.getByRole('heading')).toHaveText(['Learn it', 'Teach it', 'Fix my network']);
  for (const way of await ways.all())
    expect(await way.getByRole('link').count()).toBeGreaterThan(1);
});

test('a page that is still on its way never shows the caption where the picture will be', () => {
  const html = htmlOf('');
  const [picture, caption] = ['<living-picture', '<figcaption'].map((tag) => html.indexOf(tag));
  expect(picture).toBeGreaterThan(0);
  expect(caption).toBeGreaterThan(picture!);
});

test('builders’ pages stand behind one entry', async ({ page }) => {
  await open(page, 'glossary/');
  const names = await page.locator('nav .part a').allInnerTexts();
  expect(names).toContain('For authors');
  for (const behind of ['Embed a figure', 'Embedding', 'Writing guide', 'How it is built'])
    expect(names).not.toContain(behind);
  await open(page, 'for-authors/');
  for (const path of ['embed/', 'embedding/', 'writing-guide/', 'architecture/'])
    await expect(page.locator(`main a[href$="/${path}"]`).first()).toBeVisible();
});
