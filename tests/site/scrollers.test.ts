import type { Page } from '@playwright/test';
import { stickingOut } from '../support/page.ts';
import { expect, htmlOf, open, pages, test } from '../support/site.ts';
import { widening } from '../support/unfolding.ts';

/** Pages with something that may be wider than a window. */
const wide = pages.filter((path) => /<table|class="equation|<pre/.test(htmlOf(path)));
const isGallery = (path: string): boolean => path.startsWith('widgets/');

/** The widths of a phone, a tablet, a laptop and a large screen; the last one also at 200 %. */
const WIDTHS = [390, 768, 960, 1280, 1920];

/** Boxes that hide a part of what they hold, without a shadow at the edge or out of reach of the keyboard. */
const withoutCue = (page: Page): Promise<string[]> =>
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

async function expectAllInPlace(page: Page, path: string, widths: number[]): Promise<void> {
  await open(page, path);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    const where = `${path} at ${width} px`;
    expect(await withoutCue(page), where).toEqual([]);
    expect(await widening(page), where).toEqual([]);
    expect(await stickingOut(page), where).toEqual([]);
  }
}

for (const path of wide.filter((one) => !isGallery(one)))
  test(`/${path}: no table that is unfolded widens the page, and what is cut shows it`, async ({
    page,
  }) => {
    await expectAllInPlace(page, path, WIDTHS);
  });

test('no table that is unfolded widens the page of a widget on a phone', async ({ page }) => {
  for (const path of wide.filter(isGallery)) await expectAllInPlace(page, path, [390]);
});

test('the checks above find a table that widens its page, and one that is cut without a cue', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.setContent(`<!doctype html><html lang="en"><title>Faults</title><main style="width: 300px">
    <div><details><summary>Wide</summary><div style="width: 500px">Wide</div></details></div>
    <div style="overflow: auto" tabindex="0"><div style="width: 500px">Cut</div></div></main>`);
  expect(await withoutCue(page)).toEqual([expect.stringMatching(/^div\.: Cut/)]);
  expect(await widening(page)).toEqual([expect.stringMatching(/^: Wide.*: the page is 5\d\d px/)]);
});
