import type { Page } from '@playwright/test';
import { awakenHost } from './widgets.ts';

/** Brings every widget of a page to life. Fails where one stays a still figure. */
export async function awakenAll(page: Page): Promise<void> {
  for (const host of await page.locator('widget-host').all()) await awakenHost(host);
  await page.evaluate(() => document.fonts.ready);
}

/**
 * What the main part of a page says outside its widgets, block by block; or what `html` says, read as by a
 * browser that runs no script. A figure's veil and the reader's score are left out: without a script nothing is
 * veiled and no guess is taken, so there is nothing to say of either.
 */
export function textsOf(page: Page, html: string | null = null): Promise<string[]> {
  return page.evaluate((text) => {
    const read = text === null ? document : new DOMParser().parseFromString(text, 'text/html');
    return [
      ...read
        .querySelector('main')!
        .querySelectorAll('h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, summary'),
    ]
      .filter((element) => !element.closest('[data-widget], .veil, .guesses'))
      .map((element) => element.textContent?.replace(/\s+/g, ' ').trim() ?? '')
      .filter((words) => words !== '');
  }, html);
}

/** What makes a page wider than the window, apart from what lies in a box that scrolls by itself. */
export function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.scrollingElement!;
    if (root.scrollWidth <= innerWidth) return [];
    const clipped = (element: Element | null): boolean =>
      !!element &&
      (getComputedStyle(element).overflowX !== 'visible' || clipped(element.parentElement));
    return [...document.body.querySelectorAll('*')]
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect();
        return width > 0 && right > innerWidth + 0.5 && !clipped(element.parentElement);
      })
      .map((element) => element.outerHTML.slice(0, 120))
      .concat(`the page: ${root.scrollWidth} px of ${innerWidth}`);
  });
}
