import { expectAllInPlace, withoutCue } from '../support/inPlace.ts';
import { expect, htmlOf, open, pages, test } from '../support/site.ts';
import { widening } from '../support/unfolding.ts';

/** Pages with something that may be wider than a window; those of single figures are in one-screen.test.ts. */
const wide = pages.filter(
  (path) => !/^widgets\/./.test(path) && /<table|class="equation|<pre/.test(htmlOf(path)),
);

/** The widths of a phone, a tablet, a laptop and a large screen; the last one also at 200 %. */
const WIDTHS = [390, 768, 960, 1280, 1920];

for (const path of wide)
  test(`/${path}: no table that is unfolded widens the page, and what is cut shows it`, async ({
    page,
  }) => {
    await open(page, path);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 });
      await expectAllInPlace(page, `${path} at ${width} px`);
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
