import { expect, type Page } from '@playwright/test';
import { awaken } from './widgets.ts';

/** Waits until every widget of a page is live. Fails where one stays a still figure. */
export async function awakenAll(page: Page): Promise<void> {
  const widgets = page.locator('[data-widget]');
  for (let index = 0; index < (await widgets.count()); index += 1) {
    await awaken(widgets.nth(index));
  }
  const asleep = page.locator('astro-island[ssr]');
  for (let left = await asleep.count(); left > 0; left = await asleep.count()) {
    await asleep.first().scrollIntoViewIfNeeded();
    await expect(async () => expect(await asleep.count()).toBeLessThan(left)).toPass();
  }
  await page.evaluate(() => document.fonts.ready);
}

/** What the main part of a page says outside its widgets, block by block. */
export function textsOf(page: Page): Promise<string[]> {
  return page
    .locator('main')
    .first()
    .evaluate((main) =>
      [...main.querySelectorAll('h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, summary')]
        .filter((element) => !element.closest('[data-widget]'))
        .map((element) => element.textContent?.replace(/\s+/g, ' ').trim() ?? '')
        .filter((text) => text !== ''),
    );
}
