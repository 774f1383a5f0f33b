import type { Page } from '@playwright/test';
import { awakenHost } from './widgets.ts';

/** Brings every widget of a page to life. Fails where one stays a still figure. */
export async function awakenAll(page: Page): Promise<void> {
  for (const host of await page.locator('widget-host').all()) await awakenHost(host);
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
