import { fontsOf, shiftSoFar } from '../support/fonts.ts';
import { expect, htmlOf, site, test } from '../support/site.ts';

/** What is set in each of the three faces, the bold of one of them among it. */
const PARTS = {
  'running text': '.sl-markdown-content > p',
  emphasis: '.sl-markdown-content em',
  heading: 'h1',
  label: '.gl-widget label',
  button: '.gl-widget button',
};

test('a first visit asks for the three faces of all text before anything else is known of them', () => {
  for (const path of ['', 'vanishing-gradients/', 'embed/', '404.html']) {
    const preloads = htmlOf(path).match(/<link rel="preload" [^>]*as="font"[^>]*>/g) ?? [];
    const faces = preloads.map((link) => /[\w-]+-core\b/.exec(link)?.[0]);
    expect(faces, path).toEqual(['serif-core', 'sans-core', 'serif-italic-core']);
  }
});

test('a first visit shows the three faces, with nothing in the cache', async ({ page }) => {
  await page.goto(`${site.url}vanishing-gradients/`);
  for (const [part, selector] of Object.entries(PARTS))
    await expect
      .poll(
        async () => (await fontsOf(page, selector)).filter((name) => !/^Gradus S/.test(name)),
        part,
      )
      .toEqual([]);
});

test('accents and Greek letters are in the same faces, from files that other pages do not load', async ({
  page,
}) => {
  const loaded: string[] = [];
  page.on('request', (request) => {
    const [name] = /s(?:erif|ans)-(?:latin|greek)/.exec(request.url()) ?? [];
    if (name) loaded.push(name);
  });
  await page.goto(`${site.url}about/`);
  await page.evaluate(() => document.fonts.ready);
  expect(loaded).toEqual([]);
  const mark = (id: string, letters: string) =>
    page.evaluate(
      ([id, letters]) => {
        const element = [...document.querySelectorAll('main li, main p, main td')].findLast(
          (one) => new RegExp(`[${letters}]`, 'u').test(one.textContent) && one.checkVisibility(),
        );
        element!.id = id!;
        element!.replaceChildren(element!.textContent.replace(/[^\p{L} ]/gu, ''));
      },
      [id, letters],
    );
  await page.goto(`${site.url}bibliography/`);
  await mark('accents', 'éöü');
  await expect.poll(() => fontsOf(page, '#accents')).toEqual([expect.stringMatching(/^Gradus S/)]);
  await page.goto(`${site.url}gates/`);
  await mark('greek', 'τφσ');
  await expect.poll(() => fontsOf(page, '#greek')).toEqual([expect.stringMatching(/^Gradus S/)]);
  expect(loaded.join()).toContain('latin');
  expect(loaded.join()).toContain('greek');
});

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const)
  for (const path of ['', 'introduction/', 'vanishing-gradients/', 'embed/', 'bibliography/'])
    test(`faces that come late move hardly a line of /${path} at ${width} pixels`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      let release = () => {};
      const late = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/s{erif,ans}-*.woff2', async (route) => {
        await late;
        await route.continue();
      });
      await page.goto(site.url + path, { waitUntil: 'domcontentloaded' });
      const families = () =>
        page.evaluate(() =>
          [...document.fonts]
            .filter(({ status }) => status === 'loaded')
            .map(({ family }) => family),
        );
      // Text is shown meanwhile, in the families made for it.
      await expect
        .poll(families)
        .toEqual(expect.arrayContaining([expect.stringMatching(/^"?Fitted/)]));
      const text = path === 'embed/' ? '.sl-markdown-content p' : 'h1';
      expect((await fontsOf(page, text)).join()).not.toContain('Gradus');
      const before = await page.evaluate(() => document.documentElement.scrollHeight);
      release();
      await expect
        .poll(families)
        .toEqual(expect.arrayContaining([expect.stringMatching(/Gradus Sans/)]));
      await page.evaluate(() => document.fonts.ready);
      // Widths agree over a text, not over each line: a few wrap elsewhere. Up to a tenth counts as good
      // (https://web.dev/articles/cls).
      expect(await shiftSoFar(page)).toBeLessThan(0.1);
      // Names, numbers and addresses are not the text whose widths agree: of a list of them only what is in sight
      // has to stay.
      if (path === 'bibliography/') return;
      const after = await page.evaluate(() => document.documentElement.scrollHeight);
      expect(Math.abs(after - before) / before).toBeLessThan(0.015);
    });
