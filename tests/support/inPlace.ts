import { expect, type Frame, type Page } from '@playwright/test';
import { stickingOut } from './page.ts';
import { widening } from './unfolding.ts';

/** Boxes that hide a part of what they hold, without a shadow at the edge or out of reach of the keyboard. */
export const withoutCue = (page: Page | Frame): Promise<string[]> =>
  page.locator('main').evaluate(async (main) => {
    // What gets a place in the order of Tab where it scrolls gets it after the layout.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));
    return [...main.querySelectorAll<HTMLElement>('*')]
      .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX))
      .filter((one) => {
        const { backgroundImage, backgroundAttachment } = getComputedStyle(one);
        const cue =
          backgroundImage.split('linear-gradient').length === 5 &&
          backgroundAttachment === 'local, local, scroll, scroll';
        return !cue || (one.tabIndex < 0 && one.querySelector('button, a, input') === null);
      })
      .map((one) => `${one.localName}.${one.className}: ${one.innerText.slice(0, 60)}`);
  });

/** Stops of Tab that are there to scroll a box, where the box shows all it holds; the builder writes anew in its own. */
export const idleStops = (page: Page | Frame): Promise<string[]> =>
  page.locator('main').evaluate((main) =>
    [...main.querySelectorAll<HTMLElement>(':is(.gl-scroller, pre:not(.builder *))[tabindex="0"]')]
      .filter((one) => one.checkVisibility())
      .filter((one) => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight)
      .map((one) => `${one.localName}.${one.className}: ${one.innerText.slice(0, 60)}`),
  );

/** Nothing that is unfolded widens a page or leaves its figure, what is cut shows it, and nothing else stops Tab. */
export async function expectAllInPlace(page: Page | Frame, where: string): Promise<void> {
  expect(await withoutCue(page), where).toEqual([]);
  expect(await idleStops(page), where).toEqual([]);
  expect(await widening(page), where).toEqual([]);
  expect(await stickingOut(page), where).toEqual([]);
}
