import { test as whole, type Browser, type Page } from '@playwright/test';
import { faultsOf, loadAxe } from '../support/axe.ts';
import { BUDGETS, expectWithinBudgets, weigh, type Weighed } from '../support/budgets.ts';
import { MARKED, markTexts } from '../support/contrast.ts';
import { walkByTab } from '../support/keyboard.ts';
import { recordShifts, shiftsOf } from '../support/layoutShifts.ts';
import { awakenAll, textsOf } from '../support/page.ts';
import {
  Complaints,
  expect,
  htmlOf,
  open,
  pages,
  scrollThrough,
  site,
  test,
  toTop,
} from '../support/site.ts';
import { slowConnection } from '../support/transfers.ts';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const colours = ['color-contrast', 'link-in-text-block'];

/** Asks for the rules of some tags, but those named. */
const soundIn = (tags: string[], without: string[] = []) => ({
  runOnly: { type: 'tag' as const, values: tags },
  rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
});

test('the sitemap has pages', () => {
  expect(pages).toContain('');
  expect(pages.length).toBeGreaterThan(2);
});

/** A browser without JavaScript, one for all pages. */
let scriptless: Promise<Page> | undefined;
const withoutScript = (browser: Browser): Promise<Page> =>
  (scriptless ??= browser
    .newContext({ javaScriptEnabled: false })
    .then((context) => context.newPage()));

const predicts = (path: string): boolean => htmlOf(path).includes('box prediction');

test('several chapters ask the reader for a guess', () => {
  expect(pages.filter(predicts).length).toBeGreaterThan(8);
});

for (const path of pages) {
  // Some questions to one page, which takes longer to load and to wake than to be asked most of them. One
  // worker asks them in turn, and loads the page anew after one that failed.
  whole.describe(`/${path}`, () => {
    whole.describe.configure({ mode: 'default' });
    const complaints = new Complaints();
    let opened: Page | undefined;
    let untouched: Weighed[] = [];
    /** The page, awake; in the first test that asks, so that the report counts this time as a test's. */
    const awake = async (browser: Browser): Promise<Page> => {
      if (opened) return opened;
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      opened = page;
      complaints.watch(page);
      await recordShifts(page);
      await page.addInitScript(slowConnection);
      const loaded = weigh(page, site.brotliUrl);
      await open(page, path, site.brotliUrl);
      await scrollThrough(page);
      await page.waitForLoadState('networkidle');
      untouched = await loaded();
      await awakenAll(page);
      await scrollThrough(page);
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

    whole('says without JavaScript all that it says with it', async ({ browser }) => {
      const withScript = await textsOf(await awake(browser));
      const still = await withoutScript(browser);
      await open(still, path);
      const without = await textsOf(still);
      expect(withScript.filter((text) => !without.includes(text))).toEqual([]);
      for (const widget of await still.locator('[data-widget]').all()) {
        await expect(widget.getByRole('img').first()).toBeVisible();
        expect(await widget.locator('table tbody tr').count()).toBeGreaterThan(0);
      }
    });

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
      await toTop(page);
      const { notReached, unseen } = await walkByTab(page);
      expect(notReached, 'not reached by Tab').toEqual([]);
      expect(unseen, 'without a visible focus').toEqual([]);
    });

    whole('is accessible in light and in dark', async ({ browser }) => {
      const page = await awake(browser);
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await shorten(page);
      // Where a page is scrolled to, what stays at its top always covers something, which scrolling frees.
      await toTop(page);
      await loadAxe(page);
      expect(await faultsOf(page, soundIn(standard, colours))).toEqual([]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await markTexts(page);
        const rules = { runOnly: { type: 'rule' as const, values: colours } };
        expect(await faultsOf(page, rules, MARKED), colorScheme).toEqual([]);
      }
    });
  });
}

test('a formula is accessible; its thousands of parts are taken out before the checks above', async ({
  page,
}) => {
  await open(
    page,
    pages.find((path) => htmlOf(path).includes('class="katex'))!,
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
