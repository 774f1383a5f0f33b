import type { Page } from '@playwright/test';
import { read } from '../../src/kit/codec.ts';
import { pagesOfPdf } from '../support/pdf.ts';
import { stillFigures } from '../support/stillFigures.ts';
import { expect, htmlOf, open, pages, pagesWithWidgets, site, test } from '../support/site.ts';

/** Widths of paper in CSS pixels, less a centimetre at each side. */
const PAPER = { A4: 718, A5: 484 };

const printed = pages.filter(
  (path) => !/^(embed|widgets)\/./.test(path) && /<table|class="equation/.test(htmlOf(path)),
);

/** How many pages are asked for their length alone. */
const LONGEST = 5;

/** The longest pages, and those whose front matter sets their letters so that the last page is filled. */
const filled = printed
  .toSorted((a, b) => htmlOf(b).length - htmlOf(a).length)
  .filter((path, place) => place < LONGEST || htmlOf(path).includes(':root{--paper:'));

test('pages with tables or formulas are printed, and some with letters of a size of their own', () => {
  expect(printed).toContain('how-it-computes/');
  expect(printed.length).toBeGreaterThan(20);
  expect(filled.length).toBeGreaterThan(8);
  const ofWidgets = pagesWithWidgets
    .map(({ path }) => path)
    .filter((path) => printed.includes(path));
  expect(ofWidgets.length).toBeGreaterThan(15);
});

// What is printed does not wait for scripts.
test.use({ javaScriptEnabled: false });

/** How full each page of A4 is, as a share of its height; what the browser prints is what a reader would get. */
async function fullness(page: Page): Promise<number[]> {
  const shares = pagesOfPdf(await page.pdf({ format: 'A4' })).map(({ filled }) => filled);
  expect(Math.min(...shares), 'a page without a mark').toBeGreaterThan(0);
  return shares;
}

const listed = (shares: number[]): string => shares.map((share) => share.toFixed(2)).join(' ');

/** What of a page's widgets is seen, in one look: each look at paper lays a whole chapter out. */
const printedOf = (page: Page) =>
  page.evaluate(() => {
    const isSeen = (one: Element | null | undefined): boolean =>
      !!one &&
      one.checkVisibility({ visibilityProperty: true }) &&
      one.getBoundingClientRect().width > 0;
    const widgets = [...document.querySelectorAll('[data-widget]')].map((widget) => ({
      id: widget.getAttribute('data-widget')!,
      isDrawn: isSeen(widget.querySelector('[role="img"]')),
    }));
    const hosts = [...document.querySelectorAll<HTMLElement>('widget-host')].map((host) => ({
      id: host.dataset['widgetHost']!,
      data: host.querySelector('script')!.textContent,
      lines: [...host.querySelectorAll('p')]
        .filter((one) => one.textContent.trim().startsWith('Train it yourself:') && isSeen(one))
        .map((one) => one.textContent),
    }));
    const answers = [...document.querySelectorAll('.answer > :not(summary)')].filter(isSeen);
    const answered = new Set(answers.map((one) => one.parentElement)).size;
    return { widgets, hosts, answered };
  });

/** Every figure is drawn, every answer is open and every widget has its link. */
async function expectPrinted(page: Page, path: string): Promise<void> {
  const { widgets, hosts, answered } = await printedOf(page);
  expect(widgets.filter(({ isDrawn }) => !isDrawn)).toEqual([]);
  expect(hosts.length).toBe(widgets.length);
  for (const { id, data, lines } of hosts) {
    expect(lines, id).toHaveLength(1);
    const address = new URL(/http\S+/.exec(lines[0]!)![0]);
    const { params } = site.widgets.find((widget) => widget.id === id)!;
    expect(address.pathname).toBe(`/embed/${id}/`);
    // The version that the names are of, where a widget has had others.
    address.searchParams.delete('v');
    const printed = read(params, address.searchParams);
    expect(printed.notes).toEqual([]);
    expect(JSON.parse(data)).toMatchObject({ id, settings: printed.settings });
  }
  expect(answered).toBe((htmlOf(path).match(/class="answer/g) ?? []).length);
}

/** What a reader on paper cannot scroll to. */
const cutOff = (page: Page): Promise<string[]> =>
  page.locator('main').evaluate((main) =>
    [...main.querySelectorAll<HTMLElement>('table, pre, .gl-scroller')]
      .filter((one) => one.checkVisibility())
      .filter(
        (one) =>
          one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 ||
          one.scrollWidth > one.clientWidth + 1,
      )
      .map((one) => `${one.localName} ${one.scrollWidth} > ${one.clientWidth}: ${one.innerText}`),
  );

for (const path of printed)
  test(`/${path} shows its figures without a script, and loses nothing on paper, whose pages are filled`, async ({
    page,
  }) => {
    await open(page, path);
    expect((await stillFigures(page)).filter(({ drawn, rows }) => !drawn || rows === 0)).toEqual(
      [],
    );
    await page.emulateMedia({ media: 'print' });
    await expectPrinted(page, path);
    for (const [paper, width] of Object.entries(PAPER)) {
      await page.setViewportSize({ width, height: 1000 });
      expect(await cutOff(page), paper).toEqual([]);
    }
    if (!filled.includes(path)) return;
    const shares = await fullness(page);
    if (filled.indexOf(path) < LONGEST) expect(shares.length).toBeGreaterThan(5);
    const said = `with another \`paper\` in its front matter it may be: ${listed(shares)}`;
    expect(Math.min(1, ...shares.slice(0, -1)), said).toBeGreaterThan(0.5);
    // Where figures do not fit on a page, the size of the letters may bring a last page no nearer to its half.
    if (shares.length > 1) expect(shares.at(-1), said).toBeGreaterThan(0.4);
  });

test.describe('as a reader prints it', () => {
  // With the veils of a first visit, which are for screens alone.
  test.use({ javaScriptEnabled: true, veiled: true });

  test('the chapter on vanishing gradients fits on 14 pages of A4, none of which is less than half full', async ({
    page,
  }) => {
    await open(page, 'vanishing-gradients/');
    const shares = await fullness(page);
    expect(shares.length).toBeGreaterThan(5);
    expect(shares.length).toBeLessThanOrEqual(14);
    expect(Math.min(...shares), listed(shares)).toBeGreaterThan(0.5);
  });

  test('the button that copies a listing is not printed', async ({ page }) => {
    await open(page, 'guide/');
    const copy = page.locator('.listing > button').first();
    await expect(copy).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(copy).toBeHidden();
  });
});

test('a table’s cells take no four lines on A4', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: PAPER.A4, height: 1000 });
  await open(page, 'vanishing-gradients/');
  const tall = await page
    .locator('.sl-markdown-content table:not(.gl-table table)')
    .evaluateAll((all) =>
      all.flatMap((table) =>
        [...table.querySelectorAll('td, th')]
          .filter((cell) => cell.checkVisibility())
          .filter((cell) => {
            const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(cell);
            const inner =
              cell.getBoundingClientRect().height -
              Number.parseFloat(paddingBlockStart) -
              Number.parseFloat(paddingBlockEnd);
            return inner > 3.5 * Number.parseFloat(lineHeight);
          })
          .map((cell) => cell.textContent),
      ),
    );
  expect(tall).toEqual([]);
});
