import { test as whole, type Browser, type Page } from '@playwright/test';
import { faultsOf, loadAxe } from '../support/axe.ts';
import { BUDGETS, expectWithinBudgets, weigh, type Weighed } from '../support/budgets.ts';
import { MARKED, markTexts } from '../support/contrast.ts';
import { walkByTab } from '../support/keyboard.ts';
import { recordShifts, shiftsOf } from '../support/layoutShifts.ts';
import { silentEngine } from '../support/silentEngine.ts';
import { expectOneScreen } from '../support/oneScreen.ts';
import { awakenAll, stickingOut, textsOf } from '../support/page.ts';
import {
  Complaints,
  expect,
  htmlOf,
  open,
  scrollThrough,
  site,
  sitemapOf,
  test,
  toTop,
} from '../support/site.ts';
import { slowConnection } from '../support/transfers.ts';
import { widening } from '../support/unfolding.ts';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const colours = ['color-contrast', 'link-in-text-block'];

/** Asks for the rules of some tags, but those named. */
const soundIn = (tags: string[], without: string[] = []) => ({
  runOnly: { type: 'tag' as const, values: tags },
  rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
});

/** Of generated widgets the first stands for the others, which are made of it. */
const others = (site.added?.crowd ?? []).slice(1).map((id) => `widgets/${id}/`);
const all = sitemapOf(site.subDir, site.subPath);
const pages = [...all.filter((path) => !others.includes(path)), '404.html'];
const textOf = (path: string): string => htmlOf(path, site.subDir);
const SIZE = { width: 1280, height: 800 };

test('the site under a sub-path has the same pages, and those that were added to it', () => {
  const { chapter } = site.added ?? {};
  const added = chapter ? [`${chapter}/`, `widgets/${site.added!.crowd[0]}/`, ...others] : [];
  expect(all.toSorted()).toEqual([...sitemapOf(site.dir, '/'), ...added].toSorted());
  expect(pages).toContain('');
});

const predicts = (path: string): boolean => textOf(path).includes('box prediction');

test('several chapters ask the reader for a guess', () => {
  expect(pages.filter(predicts).length).toBeGreaterThan(8);
});

for (const path of pages) {
  // Some questions to one page, which takes longer to load and to wake than to be asked most of them. One
  // worker asks them in turn, and loads the page anew after one that failed. The page is the one under a
  // sub-path, whose addresses can be wrong in more ways; most others are asked of the one at the root.
  whole.describe(`/${path}`, () => {
    whole.describe.configure({ mode: 'default' });
    const complaints = new Complaints();
    /** The widget whose page it is. */
    const figure = site.widgets.find(({ id }) => path === `widgets/${id}/`);
    let opened: Page | undefined;
    let untouched: Weighed[] = [];
    const outside: string[] = [];
    /** The page, awake; in the first test that asks, so that the report counts this time as a test's. */
    const awake = async (browser: Browser): Promise<Page> => {
      if (opened) return opened;
      const context = await browser.newContext({ viewport: SIZE });
      const page = await context.newPage();
      opened = page;
      complaints.watch(page);
      page.on('request', (request) => {
        const { protocol, pathname } = new URL(request.url());
        if (protocol === 'http:' && !pathname.startsWith(site.subPath)) outside.push(pathname);
      });
      await recordShifts(page);
      await page.addInitScript(slowConnection);
      // The picture of the home page trains by itself.
      if (path !== '') await page.addInitScript(silentEngine);
      const loaded = weigh(page, site.subUrl);
      await open(page, path, site.subUrl);
      await scrollThrough(page);
      await page.waitForLoadState('networkidle');
      untouched = await loaded();
      if (textOf(path).includes('<widget-host')) {
        await awakenAll(page);
        await scrollThrough(page);
      }
      return page;
    };
    whole.afterAll(async () => {
      // Also what the page has done after the second test, which asks for complaints.
      expect(complaints.list, 'complaints of the page').toEqual([]);
      expect(await opened?.context().cookies(), 'cookies').toEqual([]);
      await opened?.context().close();
    });

    whole(
      `weighs no more than ${BUDGETS} before the reader touches anything`,
      async ({ browser }) => {
        await awake(browser);
        expectWithinBudgets(untouched);
      },
    );

    whole('loads without complaints and holds still while it wakes up', async ({ browser }) => {
      const shifts = await shiftsOf(await awake(browser));
      expect(complaints.list, 'complaints of the page').toEqual([]);
      expect(shifts.filter(({ value }) => value > 0.0005)).toEqual([]);
    });

    whole('asks for nothing outside the folder that it is served from', async ({ browser }) => {
      await expect((await awake(browser)).getByRole('heading', { level: 1 })).toBeVisible();
      expect(outside).toEqual([]);
    });

    whole('says without JavaScript all that it says with it', async ({ browser }) => {
      const page = await awake(browser);
      const without = await textsOf(page, textOf(path));
      expect((await textsOf(page)).filter((text) => !without.includes(text))).toEqual([]);
    });

    whole('fits screens of 390 and 320 px without a horizontal scroll', async ({ browser }) => {
      const page = await awake(browser);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await stickingOut(page)).toEqual([]);
      // A live widget holds its tables as the still one does, of which `scrollers.test.ts` asks at every width.
      expect(await widening(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 800 });
      expect(await stickingOut(page)).toEqual([]);
      await page.setViewportSize(SIZE);
    });

    if (figure !== undefined)
      whole(
        'holds its figure on one screen, and all that is unfolded on a phone',
        async ({ browser }) => {
          const page = await awake(browser);
          await expectOneScreen(page, figure.id);
          await page.setViewportSize(SIZE);
        },
      );

    if (predicts(path))
      whole(
        'veils the figure of each question that a run judges, and no other',
        async ({ browser }) => {
          const page = await awake(browser);
          const settingsOf = (selector: string) =>
            page
              .locator(selector)
              .evaluateAll((all) =>
                all.map(({ dataset }) => `${dataset['widgetHost']}?${dataset['setting']}`),
              );
          const veiled = await settingsOf('widget-host[data-veiled]');
          const shown = await settingsOf('widget-host');
          const asked = await page
            .locator('.prediction > script')
            .evaluateAll((all) =>
              all.map((one) => JSON.parse(one.textContent!) as { of: string | null; key: string }),
            );
          const due = new Set(
            asked.filter(({ of }) => of !== null).map(({ of, key }) => `${of}?${key}`),
          );
          expect(veiled.toSorted()).toEqual([...due].filter((one) => shown.includes(one)).sort());
        },
      );

    whole('can be used by the keyboard alone', async ({ browser }) => {
      const page = await awake(browser);
      // Without it a page is drawn all the way to each stop.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await toTop(page);
      const { notReached, unseen } = await walkByTab(page);
      expect(notReached, 'not reached by Tab').toEqual([]);
      expect(unseen, 'without a visible focus').toEqual([]);
    });

    whole('is accessible in light and in dark', async ({ browser }) => {
      const page = await awake(browser);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await shorten(page);
      // Where a page is scrolled to, what stays at its top always covers something, which scrolling frees.
      await toTop(page);
      await loadAxe(page);
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        await markTexts(page);
        const rules = { runOnly: { type: 'rule' as const, values: colours } };
        expect(await faultsOf(page, rules, MARKED), colorScheme).toEqual([]);
      }
      await emptyPictures(page);
      expect(await faultsOf(page, soundIn(standard, colours))).toEqual([]);
    });
  });
}

test('a formula is accessible; its thousands of parts are taken out before the checks above', async ({
  page,
}) => {
  await open(
    page,
    pages
      .filter((path) => textOf(path).includes('class="katex'))
      .reduce((a, b) => (textOf(a).length < textOf(b).length ? a : b)),
    site.subUrl,
  );
  await page
    .locator('.katex')
    .first()
    .evaluate((formula) => formula.setAttribute('id', 'formula'));
  await loadAxe(page);
  expect(await faultsOf(page, soundIn(standard), '#formula')).toEqual([]);
});

/**
 * Takes out what would be walked through for nothing: folded content, which is hidden and so is passed by,
 * and the parts of formulas, for each of which one word is left.
 */
async function shorten(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const formula of document.querySelectorAll('.katex')) formula.replaceChildren('formula');
    for (const folded of document.querySelectorAll('details:not([open]) > :not(summary)'))
      folded.remove();
  });
}

/**
 * Takes the lines and marks out of the pictures whose name says what they show, as a screen reader does: each
 * would be asked some hundred questions. What can be reached in a picture stays, and what names it.
 */
async function emptyPictures(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const picture of document.querySelectorAll('svg[role="img"]'))
      if (!picture.querySelector('[tabindex], [role], a, foreignObject'))
        for (const part of picture.querySelectorAll(':scope > :not(title, desc)')) part.remove();
  });
}

test('the checks above find what is wrong in a page, and in a frame of it', async ({ page }) => {
  await page.setContent(`<!doctype html><html lang="en"><title>Faults</title><main><h1>Faults</h1>
    <p style="color: #ccc; background: white">Pale</p><img src="data:," />
    <style>.bare:focus { outline: none }</style>
    <button class="bare">Bare</button><a href="#a" inert>Out</a><button>First</button>
    <button onfocus="this.previousElementSibling.focus()">Never</button><button>Behind it</button>
    <iframe title="Inner" sandbox="allow-scripts" srcdoc="<img src='data:,'>"></iframe></main>`);
  await page.frameLocator('iframe').locator('img').waitFor({ state: 'attached' });
  const { notReached, unseen } = await walkByTab(page);
  expect(notReached.map((html) => />([^<]*)</.exec(html)?.[1])).toEqual(['Never', 'Behind it', '']);
  expect(unseen).toEqual(['<button class="bare" data-stop="0">Bare</button>']);
  await loadAxe(page);
  const found = await faultsOf(page, soundIn(standard, colours));
  expect(found.filter((fault) => fault.includes('image-alt'))).toHaveLength(2);
  await markTexts(page);
  const rules = { runOnly: { type: 'rule' as const, values: colours } };
  expect(await faultsOf(page, rules, MARKED)).toEqual([
    expect.stringMatching(/^p: color-contrast/),
  ]);
});

test('a page that is not there says so', async ({ page, complaints }) => {
  const response = await page.goto(new URL('no-such-page/', site.url).href);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  complaints.list.length = 0;
});
