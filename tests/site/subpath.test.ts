import { awakenAll, stickingOut } from '../support/page.ts';
import { expect, open, site, sitemapOf, test } from '../support/site.ts';
import { awaken, button, runToEnd, widgetOf } from '../support/widgets.ts';
import { training } from '../support/placed.ts';
import { few } from '../support/training.ts';
import { widening } from '../support/unfolding.ts';

const all = sitemapOf(site.subDir, site.subPath);
const crowd = (site.added?.crowd ?? []).map((id) => `widgets/${id}/`);
/** The first generated widget stands for the others, which are made of it. */
const pages = [...all.filter((path) => !crowd.slice(1).includes(path)), '404.html'];

test('the site under a sub-path has the same pages, and those that were added to it', () => {
  const added = site.added ? [`${site.added.chapter}/`, ...crowd] : [];
  expect(all.toSorted()).toEqual([...sitemapOf(site.dir, '/'), ...added].toSorted());
});

for (const path of pages)
  test(`${site.subPath}${path} works, and fits screens of 390 and 320 px without a horizontal scroll`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    const outside: string[] = [];
    page.on('request', (request) => {
      const { protocol, pathname } = new URL(request.url());
      if (protocol === 'http:' && !pathname.startsWith(site.subPath)) outside.push(pathname);
    });
    await open(page, path, site.subUrl);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await awakenAll(page);
    expect(await stickingOut(page)).toEqual([]);
    // A live widget holds its tables as the still one does, of which `scrollers.test.ts` asks at every width.
    expect(await widening(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await stickingOut(page)).toEqual([]);
    expect(outside).toEqual([]);
  });

test('a widget trains under a sub-path', async ({ page }) => {
  const { id, path, widget: declared } = training[0]!;
  await open(page, `${path}?backend=wasm${few(declared)}`, site.subUrl);
  const widget = widgetOf(page, id);
  await awaken(widget);
  expect(await runToEnd(widget)).toMatch(/^(done|diverged)$/);
  await button(widget, 'Reset').click();
  await expect(widget).toHaveAttribute('data-state', 'idle');
});
