import type { Page } from '@playwright/test';
import { awakenAll, stickingOut } from '../support/page.ts';
import { expect, htmlOf, open, pages, test } from '../support/site.ts';

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

/** Unfolds one after another all that is folded; says what then widens the page or leaves its figure. */
const widening = (page: Page): Promise<string[]> =>
  page.locator('main').evaluate(async (main) => {
    const faults: string[] = [];
    for (const details of main.querySelectorAll('details')) {
      const folded = [details, details.parentElement!.closest('details')].filter(
        (one) => one !== null && !one.open,
      ) as HTMLDetailsElement[];
      for (const one of folded) one.open = true;
      // In a live widget a table is filled when it is unfolded, of which the browser tells a moment later.
      if (details.closest('[data-live]')) await new Promise((resolve) => setTimeout(resolve, 5));
      const name = `${details.className}: ${details.textContent.trim().slice(0, 50)}`;
      const page = document.scrollingElement!.scrollWidth;
      if (page > innerWidth) faults.push(`${name}: the page is ${page} px wide`);
      const place = details.parentElement!.getBoundingClientRect();
      const { right } = details.getBoundingClientRect();
      if (right > place.right + 1) faults.push(`${name}: ends ${right - place.right} px outside`);
      for (const one of folded) one.open = false;
    }
    return faults;
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

test('a live widget holds its tables as the still one does', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of wide.filter(
    (one) => !isGallery(one) && htmlOf(one).includes('<widget-host'),
  )) {
    await open(page, path);
    await awakenAll(page);
    expect(await widening(page), path).toEqual([]);
  }
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
