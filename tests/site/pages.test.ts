import AxeBuilder from '@axe-core/playwright';
import { test as whole, type Page } from '@playwright/test';
import { MARKED, markTexts } from '../support/contrast.ts';
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
} from '../support/site.ts';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const colours = ['color-contrast', 'link-in-text-block'];

test('the sitemap has pages', () => {
  expect(pages).toContain('');
  expect(pages.length).toBeGreaterThan(2);
});

for (const path of pages) {
  // Four questions to one page, which takes longer to load and to wake than to be asked most of them. One
  // worker asks them in turn, and loads the page anew after one that failed.
  whole.describe(`/${path}`, () => {
    whole.describe.configure({ mode: 'default' });
    const complaints = new Complaints();
    let page: Page;
    whole.beforeAll(async ({ browser }) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      page = await context.newPage();
      complaints.watch(page);
      await recordShifts(page);
      await open(page, path);
      await scrollThrough(page);
      await awakenAll(page);
      await scrollThrough(page);
    });
    whole.afterAll(async () => {
      // Also what the page has done after the first test, which asks for complaints.
      expect(complaints.list, 'complaints of the page').toEqual([]);
      expect(await page.context().cookies(), 'cookies').toEqual([]);
      await page.context().close();
    });

    whole('loads without complaints and holds still while it wakes up', async () => {
      expect(complaints.list, 'complaints of the page').toEqual([]);
      expect((await shiftsOf(page)).filter(({ value }) => value > 0.0005)).toEqual([]);
    });

    whole('says without JavaScript all that it says with it', async ({ browser }) => {
      const withScript = await textsOf(page);
      const context = await browser.newContext({ javaScriptEnabled: false });
      const still = await context.newPage();
      await open(still, path);
      const without = await textsOf(still);
      expect(withScript.filter((text) => !without.includes(text))).toEqual([]);
      for (const widget of await still.locator('[data-widget]').all()) {
        await expect(widget.getByRole('img').first()).toBeVisible();
        expect(await widget.locator('table tbody tr').count()).toBeGreaterThan(0);
      }
      await context.close();
    });

    whole('can be used by the keyboard alone', async () => {
      await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
      const wanted = await page.evaluate(() => {
        const names: string[] = [];
        const groups = new Set<string>();
        const selector =
          'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]';
        for (const element of document.querySelectorAll<HTMLElement>(selector)) {
          if (element.tabIndex < 0 || (element as HTMLButtonElement).disabled) continue;
          if (!element.checkVisibility({ visibilityProperty: true })) continue;
          if (element.closest('[inert]') || element.closest('details:not([open]) > :not(summary)'))
            continue;
          if (element instanceof HTMLInputElement && element.type === 'radio') {
            if (groups.has(element.name)) continue;
            groups.add(element.name);
          }
          element.dataset['stop'] = String(names.length);
          names.push(element.outerHTML.slice(0, 160));
        }
        return names;
      });
      const reached = new Set<number>();
      const unseen: string[] = [];
      // A browser stops at boxes that scroll as well, and at what a frame holds.
      const most = 2 * wanted.length + 10;
      for (let presses = 0; presses < most && reached.size < wanted.length; presses += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement | null;
          if (!element || element === document.body) return null;
          const radio = element instanceof HTMLInputElement && element.type === 'radio';
          const first = radio
            ? document.querySelector<HTMLElement>(`[name="${element.name}"][data-stop]`)
            : element;
          // An indicator may stand around the element: on its label, its row, its box.
          const around = [element, ...ancestors(element, 3), ...(labelsOf(element) ?? [])];
          return {
            index: Number(first?.dataset['stop'] ?? -1),
            visible: around.some(shows),
            html: element.outerHTML.slice(0, 160),
          };

          function ancestors(of: Element, count: number): Element[] {
            return count > 0 && of.parentElement
              ? [of.parentElement, ...ancestors(of.parentElement, count - 1)]
              : [];
          }
          function labelsOf(of: HTMLElement): Element[] {
            const label = (of as HTMLInputElement).labels?.[0];
            return label ? [label, ...label.children] : [];
          }
          function shows(of: Element): boolean {
            const style = getComputedStyle(of);
            return (
              (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) ||
              style.boxShadow !== 'none'
            );
          }
        });
        if (stop === null) break;
        if (stop.index >= 0) reached.add(stop.index);
        if (!stop.visible) unseen.push(stop.html);
      }
      expect(
        wanted.filter((_, index) => !reached.has(index)),
        'not reached by Tab',
      ).toEqual([]);
      expect([...new Set(unseen)], 'without a visible focus').toEqual([]);
    });

    whole('is accessible in light and in dark', async () => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await shorten(page);
      const axe = () => new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
      expect(await faultsOf(axe().withTags(standard).disableRules(colours))).toEqual([]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await markTexts(page);
        expect(await faultsOf(axe().withRules(colours).include(MARKED)), colorScheme).toEqual([]);
      }
    });
  });

  test(`/${path} fits screens of 390 and 320 px without a horizontal scroll`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await open(page, path);
    await awakenAll(page);
    expect(await stickingOut(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await stickingOut(page)).toEqual([]);
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
  expect(await faultsOf(new AxeBuilder({ page }).withTags(standard).include('#formula'))).toEqual(
    [],
  );
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

/** What axe finds, one line for each element. */
async function faultsOf(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${target.join(' ')}: ${id} (${any[0]?.message ?? help})`),
  );
}

/** What makes a page wider than the window, apart from what lies in a box that scrolls by itself. */
function stickingOut(page: Page): Promise<string[]> {
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

test('a page that is not there says so', async ({ page, complaints }) => {
  const response = await page.goto(new URL('no-such-page/', site.url).href);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  complaints.list.length = 0;
});
