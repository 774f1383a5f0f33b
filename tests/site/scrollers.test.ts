import { expectAllInPlace, idleStops, withoutCue } from '../support/inPlace.ts';
import { expect, site, test } from '../support/site.ts';
import { widening } from '../support/unfolding.ts';
import { faultsOfFrame, openFrame } from '../support/visited.ts';
import { SIZES, wide, withFigures } from '../support/visits.ts';

/** The widths of a phone, a tablet, a laptop and a large screen; the last one also at 200 %. */
const WIDTHS = [390, 768, 960, 1280, 1920];

for (const path of new Set([...wide, ...withFigures]))
  test(`/${path}: no table that is unfolded widens the page, what is cut shows it, and all keeps to its cell`, async ({
    page,
  }) => {
    // Any page of the site, so that a frame of it may be measured.
    await page.goto(`${site.url}robots.txt`);
    await page.evaluate(openFrame, `/${path}`);
    const frame = page.frames()[1]!;
    for (const width of WIDTHS) {
      await page.locator('iframe').evaluate((box, to) => box.setAttribute('width', `${to}`), width);
      await expectAllInPlace(frame, `${path} at ${width} px`);
    }
    expect(await page.evaluate(faultsOfFrame, SIZES), path).toEqual([]);
  });

test('the checks above find a table that widens its page, one that is cut without a cue, and an idle stop', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.setContent(`<!doctype html><html lang="en"><title>Faults</title><main style="width: 300px">
    <div><details><summary>Wide</summary><div style="width: 500px">Wide</div></details></div>
    <div style="overflow: auto" tabindex="0"><div style="width: 500px">Cut</div></div>
    <pre tabindex="0">Short</pre></main>`);
  expect(await withoutCue(page)).toEqual([expect.stringMatching(/^div\.: Cut/)]);
  expect(await idleStops(page)).toEqual(['pre.: Short']);
  expect(await widening(page)).toEqual([expect.stringMatching(/^: Wide.*: the page is 5\d\d px/)]);
});
