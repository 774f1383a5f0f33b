import { expect, htmlOf, open, pages, test } from '../support/site.ts';

/** Widths of paper in CSS pixels, less a centimetre at each side. */
const PAPER = { A4: 718, A5: 484 };

const printed = pages.filter(
  (path) => !/^(embed|widgets)\/./.test(path) && /<table|class="equation/.test(htmlOf(path)),
);

// What is printed does not wait for scripts.
test.use({ javaScriptEnabled: false });

test('on A4 and on A5 no table, equation or listing loses what a screen would scroll to', async ({
  page,
}) => {
  await page.emulateMedia({ media: 'print' });
  expect(printed).toContain('how-it-computes/');
  for (const path of printed) {
    await open(page, path);
    for (const [paper, width] of Object.entries(PAPER)) {
      await page.setViewportSize({ width, height: 1000 });
      const cut = await page.locator('main').evaluate((main) =>
        [...main.querySelectorAll<HTMLElement>('table, pre, .equation, .scroll')]
          .filter((one) => one.checkVisibility())
          .filter(
            (one) =>
              one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 ||
              one.scrollWidth > one.clientWidth + 1,
          )
          .map(
            (one) => `${one.localName} ${one.scrollWidth} > ${one.clientWidth}: ${one.innerText}`,
          ),
      );
      expect(cut, `${path} on ${paper}`).toEqual([]);
    }
  }
});
