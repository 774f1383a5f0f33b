import { expect, type Page } from '@playwright/test';
import { scrollThrough } from './site.ts';
import { awaken } from './widgets.ts';

/** Waits until every widget of a page is live. Fails where one stays a still figure. */
export async function awakenAll(page: Page): Promise<void> {
  const widgets = page.locator('[data-widget]');
  for (let index = 0; index < (await widgets.count()); index += 1) {
    await awaken(widgets.nth(index));
  }
  await scrollThrough(page);
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
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
