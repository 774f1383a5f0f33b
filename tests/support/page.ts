import { expect, type Frame, type Page } from '@playwright/test';

/**
 * Brings every widget of a page to life, as a reader who turns to one after another. Fails where one stays a
 * still figure.
 */
export async function awakenAll(page: Page): Promise<void> {
  // All in the page: a chapter has many, and to ask for each from outside takes longer than most need.
  const still = await page.evaluate(async (patience) => {
    const live = async (host: HTMLElement): Promise<boolean> => {
      // Not by `scrollIntoView`, from whose element Tab would then go on.
      const { top } = host.getBoundingClientRect();
      scrollTo({ top: scrollY + top - innerHeight / 4, behavior: 'instant' });
      host.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      const end = performance.now() + patience;
      while (host.dataset['live'] === undefined) {
        if (performance.now() > end) return false;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return true;
    };
    for (const host of document.querySelectorAll('widget-host'))
      if (!(await live(host as HTMLElement))) return host.outerHTML.slice(0, 120);
    await document.fonts.ready;
    return null;
  }, 60_000);
  expect(still, 'a widget that does not wake up').toBeNull();
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
export function stickingOut(page: Page | Frame): Promise<string[]> {
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
